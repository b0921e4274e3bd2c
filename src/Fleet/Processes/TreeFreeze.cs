using System.Diagnostics;

namespace Fleet.Processes;

/// <summary>What a freeze reached; stable means that nothing in the tree can run or fork any more.</summary>
internal sealed record FreezeReport(List<ProcStat> Members, bool Stable);

/// <summary>Halts whole trees in place, and lets them go on.</summary>
internal static class TreeFreeze
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    internal static FreezeReport Freeze(IReadOnlyList<ProcessTree> trees) => Freeze(new TreeHunt(trees));

    /// <summary>
    /// Stops every member until two scans in a row found no new one and all of them halted:
    /// a process that is told to stop while it forks finishes the fork or starts it again after it is woken.
    /// </summary>
    internal static FreezeReport Freeze(TreeHunt hunt)
    {
        var watch = Stopwatch.StartNew();
        var told = new HashSet<ProcessIdentity>();
        var quiet = 0;
        while (true)
        {
            var members = hunt.Living(out var news);
            var running = members.FindAll(member => !told.Contains(member.Identity) || !member.IsHalted);
            quiet = running.Count == 0 && news == 0 ? quiet + 1 : 0;
            if (quiet == 2 || watch.Elapsed > Bound)
            {
                return new FreezeReport(members, quiet == 2);
            }

            TreeHunt.Signal(running, Signals.Stop);
            running.ForEach(member => told.Add(member.Identity));
        }
    }

    /// <summary>Wakes every member; true when none was left stopped.</summary>
    internal static bool Thaw(IReadOnlyList<ProcessTree> trees)
    {
        var watch = Stopwatch.StartNew();
        var hunt = new TreeHunt(trees);
        while (watch.Elapsed < Bound)
        {
            var stopped = hunt.Living().FindAll(member => member.State == 'T');
            if (stopped.Count == 0)
            {
                return true;
            }

            TreeHunt.Signal(stopped, Signals.Continue);
        }

        return false;
    }
}
