using System.Collections.Immutable;
using System.Text.Json;

namespace Fleet.Coders.Claude;

/// <summary>The windows of a subscription; an account that pays by key has none.</summary>
internal static class ClaudeLimits
{
    public static ImmutableArray<CoderEvent> Of(JsonElement line)
    {
        var limit = line.Field("rate_limit_info"u8);
        var beyond = limit.Flag("isUsingOverage"u8) == true;
        var main = limit.Text("rateLimitType"u8);
        var seen = ImmutableArray.CreateBuilder<CoderEvent>();
        foreach (var window in limit.Field("unifiedWindows"u8).Members())
        {
            if (window.Value.ValueKind is JsonValueKind.Object)
            {
                seen.Add(Seen(window.Name, window.Value, beyond));
                main = main == window.Name ? null : main;
            }
        }

        // The window that decides may be missing among the others, and then only its reset is known.
        if ((main is not null || seen.Count == 0) && limit.Text("status"u8) is not null)
        {
            seen.Add(Seen(main ?? "subscription", limit, beyond));
        }

        return seen.ToImmutable();
    }

    private static CoderEvent.LimitSeen Seen(string name, JsonElement window, bool beyond) =>
        new(
            name,
            window.Share("utilization"u8),
            window.Time("resetsAt"u8),
            window.Is("status"u8, "rejected"u8) && !beyond
        );
}
