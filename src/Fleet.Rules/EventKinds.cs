using System.Diagnostics;

namespace Fleet.Rules;

/// <summary>The stored name of each event and the task or run that it concerns.</summary>
public static class EventKinds
{
    /// <summary>The name under which an event is stored; never changed once released.</summary>
    public static string Of(Event e) =>
        e switch
        {
            Event.EpochBegan => "epoch.began",
            Event.HomeSettingsChanged => "home.settings_changed",
            Event.FleetPaused => "fleet.paused",
            Event.FleetResumed => "fleet.resumed",
            Event.DrainAsked => "fleet.drain_asked",
            Event.BodyRedacted => "record.body_redacted",
            Event.AccountLimited => "account.limited",
            Event.AccountRefused => "account.refused",
            Event.AccountResumed => "account.resumed",
            Event.AccountWindowsSeen => "account.windows_seen",
            Event.RepositoryAdded => "repository.added",
            Event.RepositorySettingsChanged => "repository.settings_changed",
            Event.TrunkSeen => "repository.trunk_seen",
            Event.RepositoryUnreadable => "repository.unreadable",
            Event.CommandsTrusted => "repository.commands_trusted",
            Event.RepositoryHalted => "repository.halted",
            Event.RepositoryResumed => "repository.resumed",
            Event.RepositoryForgotten => "repository.forgotten",
            Event.PauseFileChanged => "repository.pause_file_changed",
            Event.TaskAdded => "task.added",
            Event.TaskEdited => "task.edited",
            Event.TaskParked => "task.parked",
            Event.TaskRetried => "task.retried",
            Event.TaskTold => "task.told",
            Event.PlanApproved => "task.plan_approved",
            Event.PlanRejected => "task.plan_rejected",
            Event.AbandonAsked => "task.abandon_asked",
            Event.TaskAbandoned => "task.abandoned",
            Event.ProposalMade => "proposal.made",
            Event.OfRun about => OfRun(about),
            Event.CandidateBuilt => "candidate.built",
            Event.CandidateOutdated => "candidate.outdated",
            Event.VerdictGiven => "verdict.given",
            Event.ProposalProven => "proposal.proven",
            Event.ProposalRefuted => "proposal.refuted",
            Event.ProposalApproved => "proposal.approved",
            Event.LandingHurried => "landing.hurried",
            Event.LandingStarted => "landing.started",
            Event.TrunkMoveAsked => "landing.trunk_move_asked",
            Event.LandingDeferred => "landing.deferred",
            Event.Landed => "landing.landed",
            Event.LandingChecked => "landing.checked",
            _ => throw new UnreachableException(),
        };

    private static string OfRun(Event.OfRun e) =>
        e switch
        {
            Event.RunStarted => "run.started",
            Event.WorktreePrepared => "run.worktree_prepared",
            Event.RunSpawned => "run.spawned",
            Event.ContextGiven => "run.context_given",
            Event.SessionBegan => "run.session_began",
            Event.PermissionAsked => "run.permission_asked",
            Event.PermissionAnswered => "run.permission_answered",
            Event.WordsHeard => "run.words_heard",
            Event.UsageSpent => "run.usage_spent",
            Event.TurnEnded => "run.turn_ended",
            Event.RunStopAsked => "run.stop_asked",
            Event.RunFrozen => "run.frozen",
            Event.RunThawed => "run.thawed",
            Event.RunExited => "run.exited",
            Event.WorkSaved => "run.work_saved",
            Event.RunFailed => "run.failed",
            Event.PlanProposed => "run.plan_proposed",
            Event.WorktreeRemoved => "run.worktree_removed",
            _ => throw new UnreachableException(),
        };

    /// <summary>The task that an event concerns, if any.</summary>
    public static TaskId? TaskOf(Event e) =>
        e switch
        {
            Event.OfTask about => about.Id,
            Event.OfRun about => about.Run.Task,
            _ => null,
        };

    /// <summary>The run that an event concerns, if any.</summary>
    public static RunId? RunOf(Event e) => e is Event.OfRun about ? about.Run : null;
}
