using System.Globalization;
using System.Text.RegularExpressions;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Cli;

/// <summary>Checkouts below the home that no run has, left where a daemon died between two steps.</summary>
internal static partial class StrayWorktrees
{
    /// <summary>
    /// What lies there now. It must be looked at before the status is read: a run that starts in between is live then.
    /// </summary>
    public static List<string> Folders(FleetHome home) =>
        Directory.Exists(home.Worktrees)
            ?
            [
                .. Directory
                    .EnumerateDirectories(home.Worktrees)
                    .SelectMany(repository => Directory.EnumerateDirectories(repository))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>Those that the record does not name, no live run may be making, and no later daemon made.</summary>
    public static IEnumerable<Litter> Of(IEnumerable<string> folders, FleetStatus status)
    {
        var named = status.Worktrees.ToHashSet(StringComparer.Ordinal);
        var live = status.LiveRuns.ToHashSet();
        foreach (var folder in folders.Where(folder => !named.Contains(folder)))
        {
            var name = Name().Match(Path.GetFileName(folder));
            if (
                name.Success
                && RunId.TryParse(name.Groups["run"].Value, out var run)
                && !live.Contains(run)
                && Epoch(name.Groups["made"]) <= status.Epoch
                && Epoch(name.Groups["making"]) <= status.Epoch
            )
            {
                yield return new Litter("worktree", folder, Litter.Size(folder), true, $"run {run} does not have it");
            }
        }
    }

    private static long Epoch(Group digits) =>
        digits.Success ? long.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    /// <summary>A run's worktree, with the epoch of the daemon that made it; hidden while it is being made.</summary>
    [GeneratedRegex(
        @"^\.?(?<run>\d+\.\d+)(\.e(?<made>\d{1,18}))?(\.making-(?<making>\d{1,18}))?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Name();
}
