using System.Diagnostics;

namespace Fleet.Processes;

/// <summary>How patiently trees are ended; the last step never depends on their consent.</summary>
/// <param name="Ask">A signal for the first process alone, which may end the rest in good order; null skips it.</param>
/// <param name="AskGrace">How long it has for that.</param>
/// <param name="TerminateGrace">How long the whole tree has after SIGTERM; zero skips that step.</param>
internal sealed record KillPlan(int? Ask, TimeSpan AskGrace, TimeSpan TerminateGrace)
{
    internal static KillPlan Now { get; } = new(null, TimeSpan.Zero, TimeSpan.Zero);

    internal static KillPlan Patient(TimeSpan grace) => new(null, TimeSpan.Zero, grace);

    internal static KillPlan Asking(int signal, TimeSpan grace) => new(signal, grace, grace);
}

/// <summary>The step of the ladder after which nothing was left.</summary>
internal enum KillStep
{
    AlreadyGone,
    Asked,
    Terminated,
    Killed,
    SomeLeft,
}

/// <summary>How trees ended: after which step, how many processes were seen, and the ids of any that remain.</summary>
internal sealed record KillReport(KillStep Step, int Processes, IReadOnlyList<int> Left);

/// <summary>
/// Ends whole trees: ask, SIGTERM, then freeze everything so that nothing can fork away, SIGKILL, and look twice.
/// It serves one run as well as a hundred, with the same number of scans.
/// </summary>
internal static class KillLadder
{
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeathTime = TimeSpan.FromSeconds(1);

    internal static KillReport Climb(IReadOnlyList<ProcessTree> trees, KillPlan plan)
    {
        var hunt = new TreeHunt(trees);
        if (hunt.Survivors().Count == 0)
        {
            return new KillReport(KillStep.AlreadyGone, hunt.Seen, []);
        }

        if (plan.Ask is { } signal)
        {
            Ask(trees, signal, plan.AskGrace);
            if (hunt.Survivors().Count == 0)
            {
                return new KillReport(KillStep.Asked, hunt.Seen, []);
            }
        }

        if (plan.TerminateGrace > TimeSpan.Zero && Terminate(hunt, plan.TerminateGrace))
        {
            return new KillReport(KillStep.Terminated, hunt.Seen, []);
        }

        return Kill(hunt);
    }

    private static void Ask(IReadOnlyList<ProcessTree> trees, int signal, TimeSpan grace)
    {
        var roots = new List<ProcStat>();
        foreach (var tree in trees)
        {
            if (tree.Root is { } root && root.Signal(signal) && ProcStat.Read(root.Pid) is { } stat)
            {
                // A frozen tree must wake to hear it.
                _ = root.Signal(Signals.Continue);
                roots.Add(stat);
            }
        }

        _ = ProcessWait.UntilGone(roots, grace);
    }

    private static bool Terminate(TreeHunt hunt, TimeSpan grace)
    {
        var watch = Stopwatch.StartNew();
        var told = new HashSet<ProcessIdentity>();
        while (true)
        {
            var members = hunt.Living();
            if (members.Count == 0 && hunt.Survivors().Count == 0)
            {
                return true;
            }

            var untold = members.FindAll(member => told.Add(member.Identity));
            TreeHunt.Signal(untold, Signals.Terminate);
            TreeHunt.Signal(untold, Signals.Continue);
            if (!ProcessWait.UntilGone(members, grace - watch.Elapsed) && watch.Elapsed >= grace)
            {
                return false;
            }
        }
    }

    private static KillReport Kill(TreeHunt hunt)
    {
        var watch = Stopwatch.StartNew();
        var members = hunt.Living();
        while (watch.Elapsed < KillTime)
        {
            members = TreeFreeze.Freeze(hunt).Members;
            TreeHunt.Signal(members, Signals.Kill);
            _ = ProcessWait.UntilGone(members, DeathTime);
            if (hunt.Survivors().Count == 0)
            {
                return new KillReport(KillStep.Killed, hunt.Seen, []);
            }
        }

        return new KillReport(KillStep.SomeLeft, hunt.Seen, members.ConvertAll(member => member.Pid));
    }
}
