using Fleet.Rules;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;
using Fleet.Simulation.World;

namespace Fleet.Simulation.Checks;

/// <summary>Safety of runs: who may start, who may live, whose word counts.</summary>
internal sealed class RunChecks(Ledger ledger, SimWorld world)
{
    /// <summary>What the world shows now agrees with what the log says.</summary>
    public void World()
    {
        var tasks = new HashSet<TaskId>();
        foreach (var run in world.Runs.All.Where(r => r.IsAlive))
        {
            Violation.Unless(tasks.Add(run.Id.Task), Invariant.OneLiveRunPerTask, $"{run.Id} is not alone");
            var newest = ledger.Tasks[run.Id.Task].Newest;
            Violation.Unless(
                newest is { IsLive: true } && newest.Id == run.Id,
                Invariant.ProcessesHaveLeases,
                $"{run.Id} is alive without a lease"
            );
        }
    }

    public void Before(Fact fact)
    {
        if (fact.Event is Event.OfRun e && e is not (Event.WorktreeRemoved or Event.WorkSaved))
        {
            var task = ledger.Tasks[e.Run.Task];
            Violation.Unless(!task.Ended, Invariant.EndedIsEnded, $"{e} after its task ended");
        }

        if (fact.Event is Event.OfTask about && about is not (Event.TaskAdded or Event.LandingChecked))
        {
            var task = ledger.Tasks[about.Id];
            Violation.Unless(!task.Ended, Invariant.EndedIsEnded, $"{about} after its task ended");
        }

        switch (fact.Event)
        {
            case Event.RunStarted started:
                Started(ledger.Tasks[started.Run.Task], started, fact.At);
                break;
            case Event.ProposalMade made:
                Proposed(ledger.Tasks[made.Run.Task], made);
                break;
            case Event.RunStopAsked { Reason: StopReason.Overtime } stop:
                Overtime(ledger.Tasks[stop.Run.Task].Newest!, fact.At);
                break;
        }
    }

    private void Started(TaskLines task, Event.RunStarted e, DateTimeOffset now)
    {
        var live = ledger.Live.Count();
        Violation.Unless(live < ledger.Home.MaxConcurrent, Invariant.SlotsAreRespected, $"{e.Run} is one too many");
        Violation.Unless(task.Newest is not { IsLive: true }, Invariant.OneLiveRunPerTask, $"{e.Run} beside another");
        Violation.Unless(ledger.Paused is null && !ledger.Draining, Invariant.PausedStartsNothing, $"{e.Run} started");
        Violation.Unless(!task.Parked && !task.AbandonAsked, Invariant.ParkedStartsNothing, $"{e.Run} started");
        Violation.Unless(
            task.NotBefore is not { } at || at <= now,
            Invariant.BackoffIsKept,
            $"{e.Run} started before {task.NotBefore}"
        );
        foreach (var need in task.Brief.Needs)
        {
            Violation.Unless(ledger.Tasks[need].Landed, Invariant.DependenciesLandFirst, $"{e.Run} before {need}");
        }

        Reserved(task, e, now);
        var retries = ledger.Home.Retries;
        var refusals = task.Brief.IsCommand ? retries.AfterCommandRefusal : retries.AfterRefusal;
        Violation.Unless(
            task.Failures <= retries.AfterCrash && task.Failures < RunOutcome.PoisonAfterCrashes,
            Invariant.RetriesAreBounded,
            $"{e.Run} after {task.Failures} failures"
        );
        Violation.Unless(
            task.Refusals <= refusals,
            Invariant.RetriesAreBounded,
            $"{e.Run} after {task.Refusals} refusals"
        );
    }

    /// <summary>Counted anew from the record; commands tell no tokens, so none can be reserved for them.</summary>
    private void Reserved(TaskLines task, Event.RunStarted e, DateTimeOffset now)
    {
        if (task.Brief.IsCommand)
        {
            return;
        }

        var reserved = ledger.Live.Sum(run => Math.Max(0, (run.Reserved ?? 0) - run.Tokens));
        var today = DaySpent.DayOf(now) > ledger.Day ? 0 : ledger.TokensOfDay;
        Fits(ledger.Home.DayBudget.Tokens, today + reserved);
        Fits(ledger.Home.TaskBudget.Tokens, task.Tokens);
        Fits(ledger.Home.RunBudget.Tokens, 0);

        void Fits(long? limit, long taken) =>
            Violation.Unless(
                limit is null || taken + e.Reserved?.Tokens <= limit,
                Invariant.BudgetsAreReserved,
                $"{e.Run} reserves {e.Reserved?.Tokens} where {taken} of {limit} are taken"
            );
    }

    private void Proposed(TaskLines task, Event.ProposalMade e)
    {
        var run = task.ByNumber[e.Run.Number];
        var truth = world.Runs.Find(e.Run);
        Violation.Unless(
            e.Run.Number == task.Runs
                && run is { Exit: not null, Stop: null or { Reason: StopReason.Budget }, Saved: not null }
                && truth is not null
                && (
                    truth.HasTurns
                        ? run.SaidDone && truth.IsDone
                        : run.Exit.Succeeded && truth.Exit is { Succeeded: true }
                )
                && (truth.Saved?.Proposal ?? truth.Base) == e.Commit,
            Invariant.OnlyEndedRunsPropose,
            $"{e.Commit} is not what {e.Run} left"
        );
    }

    private void Overtime(RunLines run, DateTimeOffset now)
    {
        var frozen = run.FrozenFor + (run.FrozenAt is { } at ? now - at : TimeSpan.Zero);
        var ran = now - (run.SpawnedAt ?? now) - frozen;
        Violation.Unless(
            run.SpawnedAt is null || ran >= ledger.Home.Limits.Time,
            Invariant.FrozenTimeIsFree,
            $"{run.Id} ran for {ran} only"
        );
    }
}
