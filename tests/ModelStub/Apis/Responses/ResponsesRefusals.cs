using Fleet.ModelStub.Faults;

namespace Fleet.ModelStub.Apis.Responses;

/// <summary>How a Codex subscription refuses.</summary>
internal static class ResponsesRefusals
{
    private const int LimitSeconds = 3600;
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    public static Refusal? For(Fault fault, DateTimeOffset now) =>
        fault.Kind is FaultKind.UsageLimit ? UsageLimit(fault.Until ?? LimitSeconds, now) : OpenAiRefusals.For(fault);

    private static Refusal UsageLimit(int seconds, DateTimeOffset now)
    {
        var reset = now.AddSeconds(seconds);
        return new Refusal(
            429,
            new
            {
                error = new
                {
                    type = "usage_limit_reached",
                    message = "The usage limit has been reached",
                    plan_type = "plus",
                    resets_at = reset.ToUnixTimeSeconds(),
                    resets_in_seconds = seconds,
                },
            },
            [
                .. ResponsesApi.Window("primary", 100, 300, reset),
                .. ResponsesApi.Window("secondary", 40, 10080, reset + OneDay),
            ]
        );
    }
}
