using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Runs;

namespace Fleet.Simulation.Plants;

/// <summary>Mistakes about runs: who starts, who is believed, what ends them.</summary>
internal static class RunPlants
{
    public static RuleSet StaleRunIsBelieved() =>
        RuleSet.Production with
        {
            Decide = (state, input, now) =>
                RuleSet.Production.Decide(
                    state,
                    input is Input.Seen { Observation: Observation.TreeEnded o }
                    && state.Tasks.GetValueOrDefault(o.Run.Task)?.Run is { } newest
                        ? new Input.Seen(o with { Run = newest.Id })
                        : input,
                    now
                ),
        };

    public static RuleSet OneSlotTooMany() =>
        Planting.Believing(
            (state, _) => state with { Home = state.Home with { MaxConcurrent = state.Home.MaxConcurrent + 1 } }
        );

    public static RuleSet AskedIsTakenForSeen() =>
        Planting.Deciding(
            (_, _, events) =>
                events.SelectMany(e =>
                    e is Event.RunStopAsked stop
                        ? [e, new Event.RunExited(stop.Run, new RunExit(null, 15, Lost: false))]
                        : new[] { e }
                )
        );

    public static RuleSet ExitCodeIsIgnored() =>
        Planting.Believing(
            (state, input) =>
                input is Input.Seen { Observation: Observation.WorkHarvested }
                    ? state.WithTasks(t =>
                        t.Run is { Exit: not null } run
                            ? t with
                            {
                                Run = run with { Exit = new RunExit(0, null, Lost: false), Stop = null },
                            }
                            : t
                    )
                    : state
        );

    public static RuleSet ExitCountsAsDone() =>
        Planting.Believing(
            (state, input) =>
                input is Input.Seen { Observation: Observation.WorkHarvested }
                    ? state.WithTasks(t =>
                        t.Run is { Exit.Succeeded: true } run
                            ? t with
                            {
                                Run = run with { Turn = new EndedTurn(TurnResult.Done) },
                            }
                            : t
                    )
                    : state
        );

    /// <summary>Removing is owed as soon as the run has ended, and comes first.</summary>
    public static RuleSet RemovedBeforeSaved() =>
        CountsAsSaved() with
        {
            Next = (state, now) =>
            {
                var owed = RuleSet.Production.Next(state, now);
                return owed with { Effects = [.. owed.Effects.OrderByDescending(e => e is Effect.RemoveWorktree)] };
            },
        };

    private static RuleSet CountsAsSaved() =>
        Planting.Evolving(
            (_, e, after) =>
                e is Event.RunExited exited && after.Worktrees.TryGetValue(exited.Run, out var worktree)
                    ? after with
                    {
                        Worktrees = after.Worktrees.SetItem(exited.Run, worktree with { Saved = true }),
                    }
                    : after
        );

    public static RuleSet DependencyIsIgnored() =>
        Planting.EvolvingTask<Event.TaskAdded>((_, _, task) => task with { Brief = task.Brief with { Needs = [] } });

    public static RuleSet RetryHasNoLimit() =>
        RuleSet.Production with
        {
            Decide = (state, input, now) =>
            {
                var decision = RuleSet.Production.Decide(state, input, now);
                return decision.Events.Any(e => e is Event.RunFailed { Kind: FailureKind.Crashed })
                    ? decision with
                    {
                        Events =
                        [
                            .. decision
                                .Events.Where(e => e is not Event.TaskParked)
                                .Select(e => e is Event.RunFailed failed ? failed with { RetryAt = now } : e),
                        ],
                    }
                    : decision;
            },
        };

    public static RuleSet ReservationsAreForgotten() =>
        Planting.Believing(
            (state, input) =>
                input is Input.Tick
                    ? state.WithTasks(t =>
                        t.Run is { IsLive: true } run ? t with { Run = run with { Reserved = null } } : t
                    )
                    : state
        );

    public static RuleSet BackoffIsSkipped() =>
        Planting.EvolvingTask<Event.RunFailed>((_, _, task) => task with { NotBefore = null });

    public static RuleSet FrozenTimeCounts() =>
        Planting.EvolvingTask<Event.RunThawed>(
            (_, _, task) => task with { Run = task.Run! with { FrozenFor = TimeSpan.Zero } }
        );

    public static RuleSet StopIsForgottenAtRestart() =>
        Planting.Evolving(
            (_, e, after) => e is Event.EpochBegan ? after.WithTasks(t => t with { Parked = null }) : after
        );

    public static RuleSet PauseIsIgnored() =>
        Planting.Believing((state, input) => input is Input.Tick ? state with { Paused = null } : state);

    public static RuleSet DrainIsIgnored() => Planting.Believing((state, _) => state with { Draining = false });

    public static RuleSet FreezeIsNeverThawed() =>
        RuleSet.Production with
        {
            Next = (state, now) =>
            {
                var owed = RuleSet.Production.Next(state, now);
                return owed with { Effects = [.. owed.Effects.Where(e => e is not Effect.ThawRun)] };
            },
        };

    public static RuleSet AbandonedTaskGoesOn() =>
        Planting.Deciding(
            (state, input, events) =>
                input is Input.Seen { Observation: Observation.WorkHarvested o }
                && state.Tasks.GetValueOrDefault(o.Run.Task) is { AbandonAsked: { } why }
                    ? [new Event.TaskAbandoned(o.Run.Task, why), .. events]
                    : events
        );

    public static RuleSet SecondRunBesideTheFirst() =>
        Planting.Deciding(
            (state, input, events) =>
                input is Input.Asked { Request: Request.Resume }
                && state.Index.Live.Count > 0
                && state.Tasks[state.Index.Live[0]] is { Run: { Process: not null } run } task
                    ?
                    [
                        .. events,
                        new Event.RunStarted(new RunId(task.Id, run.Id.Number + 1), "command", null, null, null),
                    ]
                    : events
        );
}
