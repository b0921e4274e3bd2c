namespace Fleet.Simulation.World;

/// <summary>What the coders of simulated runs do to their worktrees.</summary>
internal static class Coder
{
    private const int Paths = 3;

    public static CoderPlan Plan(FaultPlan faults) =>
        faults.Strikes(Fault.CoderHangs, 10) ? CoderPlan.Hangs
        : faults.Strikes(Fault.CoderFloods, 10) ? CoderPlan.Floods
        : faults.Strikes(Fault.CoderCrashes, 20) ? CoderPlan.Crashes
        : faults.Strikes(Fault.CoderDoesNothing, 10) ? CoderPlan.DoesNothing
        : Flag(faults, Fault.CoderLies, 25, CoderPlan.Lies)
            | Flag(faults, Fault.CoderEditsCheckout, 15, CoderPlan.EditsCheckout)
            | Flag(faults, Fault.CoderChangesPolicy, 15, CoderPlan.ChangesPolicy)
            | Flag(faults, Fault.CoderFitsAloneOnly, 40, CoderPlan.FitsAloneOnly);

    /// <summary>Half-way: something is there that nobody committed yet.</summary>
    public static void Begin(SimRun run)
    {
        if (run is { IsAlive: true, IsFrozen: false } && !run.Plan.HasFlag(CoderPlan.DoesNothing))
        {
            run.Files = run.Files.SetItem(PathOf(run), $"{run.Id}~");
        }
    }

    /// <summary>The end of its work; one that continues refused work starts over from the newest trunk.</summary>
    public static void Finish(SimRun run, Objects objects)
    {
        if (run.Plan.HasFlag(CoderPlan.DoesNothing) || run.Plan.HasFlag(CoderPlan.Crashes))
        {
            return;
        }

        var head = run.Repository.Head;
        if (run.Base != head && objects.IsAncestor(run.Base, head) is false)
        {
            run.BroughtIn = head;
            run.Files = objects[head].Files;
        }

        run.Files = run.Files.SetItem(
            PathOf(run),
            run.Plan.HasFlag(CoderPlan.Lies) ? $"{run.Id}{(run.Process!.Pid % 3 == 0 ? '?' : '!')}" : $"{run.Id}"
        );
        if (run.Plan.HasFlag(CoderPlan.ChangesPolicy))
        {
            run.Files = run.Files.SetItem(Policy.Path, run.Files[Policy.Path] == "0a" ? "1a" : "0a");
        }

        if (run.Plan.HasFlag(CoderPlan.FitsAloneOnly))
        {
            run.Files = run.Files.SetItem(run.Id.Task.Number % 2 == 0 ? "x" : "y", $"{run.Id}");
        }
    }

    private static string PathOf(SimRun run) => $"p{run.Id.Task.Number % Paths}";

    private static CoderPlan Flag(FaultPlan faults, Fault fault, int percent, CoderPlan plan) =>
        faults.Strikes(fault, percent) ? plan : CoderPlan.Works;
}
