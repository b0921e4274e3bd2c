using Fleet.Daemon;
using Fleet.Log;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;
using Fleet.Rules.Views;
using Fleet.Simulation.Home;
using Fleet.Simulation.World;
using TaskStatus = Fleet.Rules.Views.TaskStatus;

namespace Fleet.Simulation.Checks;

/// <summary>Liveness: what must be so once the faults have stopped.</summary>
internal sealed class RestChecks(Watch watch, SimWorld world, SimHome home)
{
    private FleetState State => watch.Folds.State;

    /// <summary>
    /// Nobody acted for hours: every open task waits, for a reason that facts confirm, and nothing is owed.
    /// </summary>
    public void Settled()
    {
        watch.Landings.AtRest();
        Quiet();
        foreach (var task in State.Tasks.Values)
        {
            var status = TaskStatus.Of(State, task, world.Time.Now);
            Violation.Unless(
                IsTrue(watch.Ledger.Tasks[task.Id], status),
                Invariant.WaitsForTrueReasons,
                $"task {task.Id} is {status}"
            );
        }
    }

    /// <summary>A person did what was asked for: nothing is left to do, and nothing lies about.</summary>
    public void Ended()
    {
        Quiet();
        watch.Landings.AtRest();
        foreach (var task in State.Tasks.Values)
        {
            Violation.Unless(
                holds: false,
                Invariant.EverythingEnds,
                $"task {task.Id} never ends: {TaskStatus.Of(State, task, world.Time.Now)}"
            );
        }

        foreach (var run in world.Runs.All)
        {
            Violation.Unless(!run.HasWorktree, Invariant.EverythingEnds, $"the worktree of {run.Id} is left over");
        }

        foreach (var repository in world.Repositories)
        {
            Violation.Unless(repository.PauseFile is null, Invariant.EverythingEnds, $"{repository.Name} stays paused");
        }

        var audit = AuditVerify.Of(watch.Log, [], Redactions.ActOf);
        Violation.Unless(audit is AuditReport.Whole, Invariant.TheChainIsWhole, $"{audit}");
        Violation.Unless(watch.Ledger.Unchecked.Count == 0, Invariant.EverythingEnds, $"a landing is never checked");
    }

    private void Quiet()
    {
        var daemon = home.Daemon;
        Violation.Unless(daemon is not null, Invariant.EverythingEnds, $"no daemon is in charge");
        var owed = daemon!.Loop.Owed(world.Time.Now).Effects;
        Violation.Unless(
            owed.IsEmpty && !daemon.Doing.Any(),
            Invariant.EverythingEnds,
            $"owed for ever: {string.Join(", ", owed.Select(e => e.Key))}; "
                + $"being done: {string.Join(", ", daemon.Doing)}"
        );
        watch.Folds.AtRest(daemon.Loop.State);
    }

    /// <summary>Its last run was stopped for its budget, or another run would not fit beside what is spent.</summary>
    private bool IsShort(TaskLines task)
    {
        var limits = watch.Ledger.Home;
        var today = DaySpent.DayOf(world.Time.Now) > watch.Ledger.Day ? 0 : watch.Ledger.TokensOfDay;
        return task.Newest is { Stop.Reason: StopReason.Budget }
            || task.Tokens + (limits.RunBudget.Tokens ?? 1) > limits.TaskBudget.Tokens
            || today + (limits.RunBudget.Tokens ?? 1) > limits.DayBudget.Tokens;
    }

    private bool IsTrue(TaskLines task, TaskStatus status)
    {
        var still = watch.Ledger.Paused is not null || watch.Ledger.Draining;
        var repository = world.Repository(task.Repository);
        var hash = Policy.CommandsHash(repository.Files);
        var untrusted = hash is not null && watch.Ledger.Trusted.GetValueOrDefault(task.Repository) != hash;
        var broken = task.Brief.Needs.Any(n => watch.Ledger.Tasks[n] is { Ended: true, Landed: false });
        return (status.State, status.For) switch
        {
            (TaskState.Waiting or TaskState.Proven, WaitingFor.Person) => task.Parked
                || untrusted
                || broken
                || watch.Ledger.Halted.Contains(task.Repository)
                || (task.Proposal is { } proposal && !task.ApprovedByPerson.Contains(proposal.Commit)),
            (TaskState.Waiting, WaitingFor.Budget) => IsShort(task),
            (TaskState.Waiting, WaitingFor.Dependency) => task.Brief.Needs.Any(n => !watch.Ledger.Tasks[n].Ended),
            _ => still || (untrusted && task.Proposal is not null),
        };
    }
}
