using System.Collections.Immutable;
using Fleet.Coders;
using Fleet.Rules;
using Fleet.Rules.Spending;

namespace Fleet.Daemon.Conversations;

/// <summary>
/// What a run's coder tells of its account. Told once for many lines: a successor that reads them all again has only
/// the newest to say.
/// </summary>
internal sealed class AccountWindows(RunId run, TimeProvider clock)
{
    private readonly Dictionary<string, AccountWindow> changed = new(StringComparer.Ordinal);

    public void Take(CoderEvent seen)
    {
        if (seen is CoderEvent.LimitSeen limit && (changed.Count < Account.MostWindows || IsKnown(limit)))
        {
            var resets = limit.ResetsAt ?? (limit.ResetsIn is { } wait ? clock.GetUtcNow() + wait : null);
            changed[limit.Window] = new AccountWindow(limit.Window, limit.Used, resets, limit.IsReached);
        }
    }

    /// <summary>What changed since it was asked last; none when nothing did.</summary>
    public Observation.WindowsSeen? News()
    {
        if (changed.Count == 0)
        {
            return null;
        }

        ImmutableArray<AccountWindow> news = [.. changed.Values.OrderBy(window => window.Name, StringComparer.Ordinal)];
        changed.Clear();
        return new Observation.WindowsSeen(run, news);
    }

    private bool IsKnown(CoderEvent.LimitSeen limit) => changed.ContainsKey(limit.Window);
}
