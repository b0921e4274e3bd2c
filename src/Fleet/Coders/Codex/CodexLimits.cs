using System.Text.Json;

namespace Fleet.Coders.Codex;

/// <summary>The account's windows, which codex repeats after each model call; only what changed is told.</summary>
internal sealed class CodexLimits
{
    private const double Full = 100;

    private readonly Dictionary<string, CoderEvent.LimitSeen> told = new(StringComparer.Ordinal);

    public IEnumerable<CoderEvent> Seen(JsonElement limits)
    {
        CoderEvent.LimitSeen?[] windows =
        [
            Window("primary", limits.Field("primary"u8)),
            Window("secondary", limits.Field("secondary"u8)),
        ];
        return windows.OfType<CoderEvent.LimitSeen>().Where(IsNews);
    }

    private static CoderEvent.LimitSeen? Window(string name, JsonElement window) =>
        window.Share("usedPercent"u8) is { } used
            ? new CoderEvent.LimitSeen(name, used / Full, window.Time("resetsAt"u8), used >= Full)
            : null;

    private bool IsNews(CoderEvent.LimitSeen seen)
    {
        var isNews = !told.TryGetValue(seen.Window, out var last) || last != seen;
        told[seen.Window] = seen;
        return isNews;
    }
}
