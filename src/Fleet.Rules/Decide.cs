using System.Diagnostics;
using Fleet.Rules.Attention;
using Fleet.Rules.Landing;
using Fleet.Rules.Repositories;
using Fleet.Rules.Runs;
using Fleet.Rules.Scheduling;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules;

/// <summary>(state, input, now) → events: one line per input, naming the capability that answers.</summary>
public static class Decide
{
    public static Decision For(FleetState state, Input input, DateTimeOffset now) =>
        input switch
        {
            Input.Asked asked => OnRequest(state, asked, now),
            Input.Seen seen => OnObservation(state, seen.Observation, now),
            Input.Tick => OnTick(state, now),
            _ => throw new UnreachableException(),
        };

    private static Decision OnRequest(FleetState state, Input.Asked asked, DateTimeOffset now) =>
        asked.Request switch
        {
            Request.AddRepository ask => Known.Add(state, ask),
            Request.AddTask { Brief.NoGate: true } ask => ByPerson(
                asked,
                () => Intake.Add(state, asked.RequestId, ask)
            ),
            Request.AddTask ask => Intake.Add(state, asked.RequestId, ask),
            Request.EditTask { Change.NoGate: true } ask => ByPerson(asked, () => Intake.Edit(state, ask)),
            Request.EditTask ask => Intake.Edit(state, ask),
            Request.AbandonTask ask => Intake.Abandon(state, ask),
            Request.RetryTask ask => AtRest(state, ask.Id, _ => Retried(state, asked, ask)),
            Request.StopTask ask => AtRest(state, ask.Id, task => Stops.Stop(state, task, asked.Who.Name)),
            Request.Say ask => ByPerson(asked, () => OnTask(state, ask.Id, task => Tellings.Say(task, ask.Words))),
            Request.StopAll ask => Decision.Done("everything stops", [.. Stops.StopAll(state, ask.Why)]),
            Request.Pause ask => Stops.Pause(state, ask.Kind, asked.Who.Name),
            Request.Resume => Stops.Resume(state),
            Request.Drain ask => Stops.Drain(state, ask.Now),
            Request.Approve ask => ByPerson(
                asked,
                () =>
                    OnTask(
                        state,
                        ask.Id,
                        task =>
                            task is { PlanProposed: { } plan, Proposal: null }
                                ? Planning.Approve(task, plan)
                                : LandingSteps.Approve(state, task)
                    )
            ),
            Request.Reject ask => AtRest(
                state,
                ask.Id,
                task =>
                    task is { PlanProposed: not null, Proposal: null }
                        ? Planning.Reject(task, ask.Why)
                        : Gating.Rejected(state, task, ask.Why, asked.Who.Name, now)
            ),
            Request.AnswerPermission ask => ByPerson(
                asked,
                () => OnTask(state, ask.Id, task => Asking.Answer(task, ask.Allowed, asked.Who.Name))
            ),
            Request.LandNext ask => ByPerson(asked, () => OnTask(state, ask.Id, LandingSteps.Hurry)),
            Request.Trust ask => ByPerson(asked, () => Known.Trust(state, ask)),
            Request.ForgetRepository ask => ByPerson(asked, () => Known.Forget(state, ask)),
            Request.ResumeAccount ask => ByPerson(asked, () => Payment.Resume(state, ask.Account)),
            Request.Redact ask => ByPerson(asked, () => Redact(state, ask)),
            _ => throw new UnreachableException(),
        };

    private static Decision OnObservation(FleetState state, Observation seen, DateTimeOffset now) =>
        seen switch
        {
            Observation.DaemonStarted o => Decision.Of(
                new Event.EpochBegan(new Epoch(state.Epoch.Number + 1), o.Holder)
            ),
            Observation.HomeSettingsSeen o => HomeSettings(state, o),
            Observation.HaltSeen o => Decision.Of(Stops.StopAll(state, o.Why)),
            Observation.RepositorySeen o => Known.Seen(state, o),
            Observation.RepositoryNotRead o => Known.NotRead(state, o),
            Observation.WorktreeReady o => RunProgress.Prepared(state, o),
            Observation.RunNotStarted o => RunOutcome.NotStarted(state, o, now),
            Observation.ProcessSpawned o => RunProgress.Spawned(state, o),
            Observation.SessionNamed o => Turns.SessionNamed(state, o),
            Observation.PermissionGiven o => Turns.PermissionGiven(state, o),
            Observation.PermissionAsked o => Asking.Asked(state, o, now),
            Observation.WordsHeard o => Turns.WordsHeard(state, o),
            Observation.UsageSeen o => Budgets.Seen(state, o, now),
            Observation.CoderTurnEnded o => Turns
                .Ended(state, o)
                .And(() => Payment.TurnEnded(state, o.Run, o.Turn, now)),
            Observation.WindowsSeen o => Payment.WindowsSeen(state, o),
            Observation.AccountNotUsable o => RunOutcome
                .NoAccount(state, o)
                .And(() => Payment.NotUsable(state, o.Run, o.Why)),
            Observation.RunPassedLimit o => RunProgress.PassedLimit(state, o),
            Observation.TreeFrozen o => RunProgress.Frozen(state, o.Run),
            Observation.TreeThawed o => RunProgress.Thawed(state, o.Run),
            Observation.TreeEnded o => RunProgress.Ended(state, o),
            Observation.WorkHarvested o => RunOutcome.WorkSaved(state, o, now),
            Observation.WorktreeGone o => state.Worktrees.ContainsKey(o.Run)
                ? Decision.Of(new Event.WorktreeRemoved(o.Run))
                : Decision.Nothing,
            Observation.CandidateMerged o => Gating.Merged(state, o),
            Observation.CandidateConflicted o => Gating.Conflicted(state, o, now),
            Observation.GateAnswered o => Gating.Answered(state, o),
            Observation.TrunkMoved o => LandingSteps.Moved(state, o),
            Observation.TrunkElsewhere o => LandingSteps.Elsewhere(state, o),
            Observation.TrunkBusy o => LandingSteps.Busy(state, o, now),
            Observation.LandingHolds o => LandingSteps.Holds(state, o),
            Observation.LandingBroken o => LandingSteps.Broken(state, o),
            Observation.PauseFileIs o => PauseFile(state, o),
            Observation.EffectRefused o => Refused(state, o),
            _ => throw new UnreachableException(),
        };

    /// <summary>What is due by itself; asked again until it answers with nothing.</summary>
    private static Decision OnTick(FleetState state, DateTimeOffset now) =>
        Decision.Of([
            .. Stops.StopAbandoned(state),
            .. Intake.Abandonments(state),
            .. Asking.Unanswered(state, now),
            .. RunProgress.Overtime(state, now),
            .. Budgets.Overruns(state, now),
            .. Payment.Rested(state, now),
            .. Gating.Conclusions(state, now),
            .. MergeQueue.Turns(state, now),
            .. Scheduler.Starts(state, Books.Of(state, now), now),
        ]);

    private static Decision OnTask(FleetState state, TaskId id, Func<FleetTask, Decision> decide) =>
        Intake.Find(state, id, out var refusal) is { } task ? decide(task) : refusal;

    /// <summary>A person who wants another attempt need not name the account that it waits for as well.</summary>
    private static Decision Retried(FleetState state, Input.Asked asked, Request.RetryTask ask) =>
        Intake.Retry(state, ask).And(() => asked.Who.Kind is ActorKind.Human ? Payment.Retried(state, ask.Id) : []);

    /// <summary>Trunk may stand at its candidate already: what takes a proposal away waits for that answer.</summary>
    private static Decision AtRest(FleetState state, TaskId id, Func<FleetTask, Decision> decide) =>
        OnTask(
            state,
            id,
            task =>
                task.Proposal is { IsMoving: true }
                    ? Decision.Refuse(Answer.Refused, $"task {id} is landing at this moment", $"fleet task {id}")
                    : decide(task)
        );

    private static Decision ByPerson(Input.Asked asked, Func<Decision> decide) =>
        asked.Who.Kind is ActorKind.Human
            ? decide()
            : Decision.Refuse(Answer.Refused, $"{asked.Who} may not do this: only a person may", "fleet help");

    private static Decision HomeSettings(FleetState state, Observation.HomeSettingsSeen seen) =>
        string.Equals(state.HomeHash, seen.Hash, StringComparison.Ordinal)
            ? Decision.Nothing
            : Decision.Of(new Event.HomeSettingsChanged(seen.Settings, seen.Hash, seen.Origin));

    private static Decision PauseFile(FleetState state, Observation.PauseFileIs seen) =>
        state.Repositories.TryGetValue(seen.Repository, out var known)
        && (known.IsPauseFileInDoubt || !string.Equals(known.PauseFile, seen.Name, StringComparison.Ordinal))
            ? Decision.Of(new Event.PauseFileChanged(seen.Repository, seen.Name))
            : Decision.Nothing;

    private static Decision Refused(FleetState state, Observation.EffectRefused seen) =>
        state.Tasks.TryGetValue(seen.Id, out var task) && task.Parked is null
            ? Decision.Of(new Event.TaskParked(seen.Id, WaitingFor.Person, seen.Why))
            : Decision.Nothing;

    private static Decision Redact(FleetState state, Request.Redact ask) =>
        ask.Seq < 1 || ask.Seq > state.Seq
            ? Decision.Refuse(Answer.NotFound, $"there is no event {ask.Seq}", "fleet audit log")
            : Redaction.Refusal(state, ask.Seq)
                ?? Decision.Done($"the texts of event {ask.Seq} are removed", new Event.BodyRedacted(ask.Seq, ask.Why));
}
