using System.Globalization;
using Fleet.ModelStub.Faults;

namespace Fleet.ModelStub.Apis.Anthropic;

/// <summary>How Anthropic refuses, after public reports; the live vendor may word it differently.</summary>
internal static class AnthropicRefusals
{
    private const int LimitSeconds = 3600;
    private const int RetrySeconds = 2;

    public static Refusal? For(Fault fault, DateTimeOffset now) =>
        fault.Kind switch
        {
            FaultKind.RateLimited => Error(
                429,
                "rate_limit_error",
                "This request would exceed your organization rate limit of 50 requests per minute."
            ),
            FaultKind.RateLimitedWithRetryAfter => Error(429, "rate_limit_error", "Rate limited, retry later") with
            {
                Headers = [new("retry-after", Text(fault.Until ?? RetrySeconds))],
            },
            FaultKind.UsageLimit => UsageLimit(fault.Until ?? LimitSeconds, now),
            FaultKind.ServerError => Error(500, "api_error", "Internal server error"),
            FaultKind.Unavailable => Error(503, "server_error", "The model is overloaded. Please try again later."),
            FaultKind.Overloaded => Error(529, "overloaded_error", "Overloaded"),
            FaultKind.BadKey => Error(401, "authentication_error", "invalid x-api-key"),
            FaultKind.Forbidden => Error(403, "permission_error", "Forbidden"),
            FaultKind.NoCredit => Error(
                400,
                "invalid_request_error",
                "Your credit balance is too low to access the API. "
                    + "Please go to Plans & Billing to upgrade or purchase credits."
            ),
            FaultKind.ContextTooLong => Error(
                400,
                "invalid_request_error",
                "prompt is too long: 250000 tokens > 200000 maximum"
            ),
            _ => null,
        };

    /// <summary>A subscription's window is used up: told in headers, and not to be tried again.</summary>
    private static Refusal UsageLimit(int seconds, DateTimeOffset now)
    {
        var reset = Text((now.AddSeconds(seconds)).ToUnixTimeSeconds());
        return Error(
            429,
            "rate_limit_error",
            "This request would exceed your account's rate limit. Please try again later."
        ) with
        {
            Headers =
            [
                new("anthropic-ratelimit-unified-status", "rejected"),
                new("anthropic-ratelimit-unified-reset", reset),
                new("anthropic-ratelimit-unified-representative-claim", "five_hour"),
                new("anthropic-ratelimit-unified-5h-status", "rejected"),
                new("anthropic-ratelimit-unified-5h-reset", reset),
                new("anthropic-ratelimit-unified-5h-utilization", "1.0"),
                new("anthropic-ratelimit-unified-overage-status", "rejected"),
                new("anthropic-ratelimit-unified-overage-disabled-reason", "org_level_disabled"),
                new("retry-after", Text(seconds)),
                new("x-should-retry", "false"),
            ],
        };
    }

    private static Refusal Error(int status, string type, string message) =>
        new(
            status,
            new
            {
                type = "error",
                error = new { type, message },
                request_id = Json.NewId("req_"),
            }
        );

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
