using System.Collections.Immutable;
using Fleet.Rules;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;
using Fleet.Simulation.Checks;

namespace Fleet.Simulation.World;

/// <summary>Worktrees and processes: performs what is asked of runs, with the contract of the real shells.</summary>
internal sealed class RunShell(SimWorld world)
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(10);
    private const int Spendings = 4;
    private const int DearestSpending = 4;
    private readonly SortedDictionary<RunId, SimRun> runs = [];
    private int processes;

    public IEnumerable<SimRun> All => runs.Values;

    public SimRun? Find(RunId id) => runs.GetValueOrDefault(id);

    public Observation Prepare(Effect.PrepareWorktree ask)
    {
        var repository = world.Repository(ask.Repository);
        var run = Get(ask.Run, repository);
        if (!run.HasWorktree)
        {
            if (repository.Unreadable || world.Faults.Strikes(Fault.PrepareFails, 15))
            {
                return new Observation.RunNotStarted(ask.Run, "no worktree could be made");
            }

            run.HasWorktree = true;
            run.Base = ask.From ?? repository.Head;
            run.Files = world.Objects[run.Base].Files;
        }

        return new Observation.WorktreeReady(run.Id, $"/trees/{run.Id}", run.Base, $"fleet/{run.Id.Task}");
    }

    public IEnumerable<Observation> Start(Effect.StartRun ask)
    {
        var run = Get(ask.Run, world.Repository(ask.Repository));
        if (run.Process is null)
        {
            if (run.NeverStarts || !run.HasWorktree || world.Faults.Strikes(Fault.SpawnFails, 15))
            {
                return [new Observation.RunNotStarted(run.Id, "could not be spawned")];
            }

            run.HasTurns = ask.Coder != Brief.CommandCoder;
            Spawn(run);
        }

        return [new Observation.ProcessSpawned(run.Id, run.Process!), .. Said(run)];
    }

    public IEnumerable<Observation> Stop(RunId id)
    {
        if (runs.GetValueOrDefault(id) is not { } run)
        {
            return [new Observation.TreeEnded(id, new RunExit(null, null, Lost: true))];
        }

        if (run.Process is null)
        {
            run.NeverStarts = true;
            return [new Observation.TreeEnded(id, new RunExit(null, null, Lost: true))];
        }

        End(run, new RunExit(null, 15, Lost: false));
        return Said(run);
    }

    public Observation Freeze(RunId id)
    {
        var run = runs[id];
        if (!run.IsAlive)
        {
            return new Observation.TreeEnded(id, run.Exit!);
        }

        if (!run.IsFrozen)
        {
            run.IsFrozen = true;
            run.Thaws++;
            run.Left -= world.Time.Now - run.RunsSince;
        }

        return new Observation.TreeFrozen(id);
    }

    public Observation Thaw(RunId id)
    {
        var run = runs[id];
        if (!run.IsAlive)
        {
            return new Observation.TreeEnded(id, run.Exit!);
        }

        if (run.IsFrozen)
        {
            run.IsFrozen = false;
            run.Thaws++;
            PlanEnd(run);
        }

        return new Observation.TreeThawed(id);
    }

    public Observation Save(RunId id)
    {
        if (runs.GetValueOrDefault(id) is not { } run || !run.HasWorktree)
        {
            return new Observation.WorkHarvested(id, new SavedWork(null, null, false, false, [], []));
        }

        run.Saved ??= Harvest(run);
        return new Observation.WorkHarvested(id, run.Saved);
    }

    public Observation Remove(RunId id)
    {
        if (runs.GetValueOrDefault(id) is { HasWorktree: true } run)
        {
            var lost = run.Process is not null && run.SavedFiles != run.Files;
            Violation.Unless(!lost, Invariant.SavedBeforeRemoved, $"run {id} was removed before it was saved");
            Violation.Unless(!run.IsAlive, Invariant.SavedBeforeRemoved, $"run {id} was removed alive");
            run.HasWorktree = false;
            run.WasRemoved = true;
        }

        return new Observation.WorktreeGone(id);
    }

    /// <summary>The keeper dies: what it held is ended, and how it ended is not known.</summary>
    public void LoseAll()
    {
        foreach (var run in runs.Values.Where(r => r.IsAlive))
        {
            End(run, new RunExit(null, null, Lost: true));
            world.Notice([new Observation.TreeEnded(run.Id, run.Exit!)]);
        }
    }

    /// <summary>What a new daemon finds out about a run that the log takes for live.</summary>
    public IEnumerable<Observation> Recovered(RunId id)
    {
        if (runs.GetValueOrDefault(id) is not { } run)
        {
            yield break;
        }

        if (run.HasWorktree)
        {
            yield return new Observation.WorktreeReady(id, $"/trees/{id}", run.Base, $"fleet/{id.Task}");
        }

        foreach (var said in Said(run))
        {
            yield return said;
        }

        if (run is { IsAlive: true, PassedLimit: { } reason })
        {
            yield return new Observation.RunPassedLimit(id, reason, "seen again");
        }
    }

    private SimRun Get(RunId id, SimRepository repository)
    {
        if (!runs.TryGetValue(id, out var run))
        {
            runs.Add(id, run = new SimRun(id, repository));
        }

        return run;
    }

    private void Spawn(SimRun run)
    {
        run.Process = new ProcessIdentity(1000 + processes, 7 * ++processes);
        run.IsAlive = true;
        run.Plan = Coder.Plan(world.Faults);
        run.Left = world.Chance.Between(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(20));
        PlanEnd(run);
        if (run.Plan.HasFlag(CoderPlan.Floods))
        {
            world.Time.In(run.Left / 3, () => PassLimit(run, StopReason.TooMuchOutput));
        }
        else if (run.Plan.HasFlag(CoderPlan.Hangs) && world.Chance.Percent(50))
        {
            world.Time.In(IdleLimit, () => PassLimit(run, StopReason.NoProgress));
        }

        world.Time.In(run.Left / 2, () => Coder.Begin(run));
        for (var n = 1; n <= Spendings && run.HasTurns; n++)
        {
            var tokens = 1 + (run.Process.Pid * n % DearestSpending);
            world.Time.In(run.Left * n / (Spendings + 1), () => Spend(run, tokens));
        }
    }

    /// <summary>Its coder tells what it spent so far; what nobody hears is spent all the same.</summary>
    private void Spend(SimRun run, long tokens)
    {
        if (run is { IsAlive: true, IsFrozen: false, IsDone: false })
        {
            run.Tokens += tokens;
            world.Notice([new Observation.UsageSeen(run.Id, new Usage(Input: run.Tokens))]);
        }
    }

    private void PlanEnd(SimRun run)
    {
        run.RunsSince = world.Time.Now;
        var thaws = run.Thaws;
        if (!run.Plan.HasFlag(CoderPlan.Hangs) && !run.Plan.HasFlag(CoderPlan.Floods))
        {
            world.Time.In(run.Left < TimeSpan.Zero ? TimeSpan.Zero : run.Left, () => Finish(run, thaws));
        }
    }

    private void Finish(SimRun run, int thaws)
    {
        if (run.IsAlive && run.Thaws == thaws)
        {
            Coder.Finish(run, world.Objects);
            var crashes = run.Plan.HasFlag(CoderPlan.Crashes);
            run.IsDone = run.HasTurns && !crashes;
            // Coders exit with 0 when they were interrupted, and some stay after they are done.
            if (!run.IsDone || world.Chance.Percent(50))
            {
                End(run, new RunExit(crashes && !run.HasTurns ? 1 : 0, null, Lost: false));
            }

            world.Notice([.. Said(run)]);
        }
    }

    /// <summary>What a run's stream and exit tell, in this order, as often as anyone reads them.</summary>
    private static IEnumerable<Observation> Said(SimRun run)
    {
        if (run.IsDone || (run.HasTurns && run.Exit is not null))
        {
            var end = new EndedTurn(run.IsDone ? TurnResult.Done : TurnResult.Interrupted);
            yield return new Observation.CoderTurnEnded(run.Id, end, new Usage(Input: run.Tokens), IsExact: run.IsDone);
        }

        if (run.Exit is { } exit)
        {
            yield return new Observation.TreeEnded(run.Id, exit);
        }
    }

    private void End(SimRun run, RunExit exit)
    {
        if (run.IsAlive)
        {
            world.Trace.Say($"world   {run.Id} ends: {exit}");
            run.IsAlive = false;
            run.IsFrozen = false;
            run.Exit = exit;
        }
    }

    private void PassLimit(SimRun run, StopReason reason)
    {
        if (run.IsAlive)
        {
            run.PassedLimit = reason;
            world.Notice([new Observation.RunPassedLimit(run.Id, reason, "a limit was passed")]);
        }
    }

    private SavedWork Harvest(SimRun run)
    {
        var before = world.Objects[run.Base].Files;
        var changed = run
            .Files.Keys.Union(before.Keys, StringComparer.Ordinal)
            .Where(path => run.Files.GetValueOrDefault(path) != before.GetValueOrDefault(path))
            .ToImmutableArray();
        run.SavedFiles = run.Files;
        Commit? commit =
            changed.IsEmpty ? null
            : run.BroughtIn is { } trunk ? world.Objects.Add(run.Files, run.Base, trunk).Id
            : world.Objects.Add(run.Files, run.Base).Id;
        return new SavedWork(
            commit,
            commit ?? run.Base,
            world.Faults.Strikes(Fault.CoderLeavesDirtyTree, 30),
            changed.Contains(Policy.Path, StringComparer.Ordinal),
            changed,
            run.Plan.HasFlag(CoderPlan.EditsCheckout) ? ["notes.txt"] : []
        );
    }
}
