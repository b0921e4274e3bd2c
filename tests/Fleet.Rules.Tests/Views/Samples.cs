using Fleet.Rules.Attention;
using Fleet.Rules.Context;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules.Tests.Views;

/// <summary>One event of every kind.</summary>
internal static class Samples
{
    private static readonly TaskId One = new(1);
    private static readonly RunId Run = new(One, 1);
    private static readonly AccountId Payer = new("claude", "work");
    private static readonly RepositoryName Shop = new("shop");
    private static readonly Commit Sha = new("0123456789abcdef");
    private static readonly Tree Tree = new("fedcba9876543210");
    private static readonly Brief Brief = new("Title", "", "", null, "command", null, ["./x"], 2, [], [], false);
    private static readonly GivenVerdict Verdict = new(
        Tree,
        "tests",
        "d",
        new Verdict.Undecided("late"),
        "/o",
        default
    );

    public static readonly Event[] All =
    [
        new Event.EpochBegan(new Epoch(3), "host:1"),
        new Event.HomeSettingsChanged(new HomeSettings(), "h", "config.yaml"),
        new Event.FleetPaused(PauseKind.Freeze, "lunch"),
        new Event.FleetPaused(PauseKind.StartNothing, "lunch"),
        new Event.FleetResumed(),
        new Event.DrainAsked(Now: true),
        new Event.BodyRedacted(4, "a secret"),
        new Event.AccountLimited(Payer, default, "until ten"),
        new Event.AccountRefused(Payer, "invalid key"),
        new Event.AccountResumed(Payer),
        new Event.AccountWindowsSeen(Payer, [new AccountWindow("five_hour", 0.5, null, IsReached: false)]),
        new Event.RepositoryAdded(Shop, "/shop", "main", null),
        new Event.RepositorySettingsChanged(Shop, Sha, new RepositorySettings(), "h", null),
        new Event.TrunkSeen(Shop, Sha),
        new Event.RepositoryUnreadable(Shop, "gone"),
        new Event.CommandsTrusted(Shop, "h"),
        new Event.RepositoryHalted(Shop, "not as gated"),
        new Event.RepositoryResumed(Shop),
        new Event.RepositoryForgotten(Shop),
        new Event.PauseFileChanged(Shop, "pause"),
        new Event.PauseFileChanged(Shop, null),
        new Event.TaskAdded(One, Shop, Brief, "r"),
        new Event.TaskEdited(One, Brief),
        new Event.TaskParked(One, WaitingFor.Limit, "until ten"),
        new Event.TaskRetried(One),
        new Event.TaskTold(One, "hurry"),
        new Event.PlanApproved(One, "h"),
        new Event.PlanRejected(One, "too wide"),
        new Event.AbandonAsked(One, "no"),
        new Event.TaskAbandoned(One, "no"),
        new Event.RunStarted(Run, "command", null, null, null),
        new Event.WorktreePrepared(Run, "/w", Sha, "b"),
        new Event.RunSpawned(Run, new ProcessIdentity(7, 1)),
        new Event.ContextGiven(Run, new ContextManifest("h", 30, [new ContextPart("task", "h", 30, 1)])),
        new Event.SessionBegan(Run, "s-1", null),
        new Event.PermissionAsked(Run, "r-1", "Bash", "git rebase", "the agent asks: shell: *", default),
        new Event.PermissionAnswered(Run, "Bash", "git push", Allowed: false, "pushing is denied"),
        new Event.WordsHeard(Run, 9),
        new Event.UsageSpent(Run, new Usage(1, Output: 2), IsExact: false),
        new Event.TurnEnded(Run, new EndedTurn(TurnResult.Done, Words: "all done")),
        new Event.RunStopAsked(Run, StopReason.Person, "stopped"),
        new Event.RunFrozen(Run),
        new Event.RunThawed(Run),
        new Event.RunExited(Run, new RunExit(0, null, false)),
        new Event.RunExited(Run, new RunExit(0, null, false), StopStep.Interrupted),
        new Event.WorkSaved(Run, new SavedWork(Sha, Sha, false, false, [], [])),
        new Event.WorkSaved(Run, new SavedWork(null, null, false, false, [], [])),
        new Event.RunFailed(Run, FailureKind.Crashed, "exit code 1", null),
        new Event.PlanProposed(Run, "h"),
        new Event.WorktreeRemoved(Run),
        new Event.ProposalMade(Run, Sha, Sha, false, []),
        new Event.CandidateBuilt(One, new Candidate(1, Sha, Sha, Tree)),
        new Event.CandidateOutdated(One, 1),
        new Event.VerdictGiven(One, Verdict),
        new Event.ProposalProven(One, Sha),
        new Event.ProposalRefuted(One, Sha, [new Finding("tests", "exit code 1")], null),
        new Event.ProposalApproved(One, Sha),
        new Event.LandingHurried(One),
        new Event.LandingStarted(One, Shop),
        new Event.LandingDeferred(One, "the index is locked", default),
        new Event.Landed(One, Sha, Tree, Sha),
        new Event.LandingChecked(One, Sha),
    ];
}
