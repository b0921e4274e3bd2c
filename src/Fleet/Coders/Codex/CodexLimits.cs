using System.Text.Json;

namespace Fleet.Coders.Codex;

/// <summary>The account's windows, which codex repeats after each model call; only what changed is told.</summary>
internal sealed class CodexLimits
{
    private const long Full = 100;
    private static readonly string[] Windows = ["primary", "secondary"];

    private readonly Dictionary<string, CoderEvent.LimitSeen> told = new(StringComparer.Ordinal);

    public IEnumerable<CoderEvent> Seen(JsonElement? limits)
    {
        foreach (var name in Windows)
        {
            if (limits.Member(name) is { } window && Of(name, window) is { } seen && IsNews(seen))
            {
                told[name] = seen;
                yield return seen;
            }
        }
    }

    private bool IsNews(CoderEvent.LimitSeen seen) => !told.TryGetValue(seen.Window, out var last) || last != seen;

    private static CoderEvent.LimitSeen? Of(string name, JsonElement window)
    {
        var used = window.Number("usedPercent");
        return used is null
            ? null
            : new CoderEvent.LimitSeen(name, used / (double)Full, At(window.Number("resetsAt")), used >= Full);
    }

    private static DateTimeOffset? At(long? seconds) =>
        seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;
}
