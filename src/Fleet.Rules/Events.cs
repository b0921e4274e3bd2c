using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Context;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules;

/// <summary>Every fact a fleet remembers, in life-cycle order. Stored for ever: a new field needs a default.</summary>
public abstract record Event
{
    private protected Event() { }

    /// <summary>A fact about one task.</summary>
    public abstract record OfTask(TaskId Id) : Event;

    /// <summary>A fact about one run.</summary>
    public abstract record OfRun(RunId Run) : Event;

    /// <summary>A fact about one account of a coder.</summary>
    public abstract record OfAccount(AccountId Account) : Event;

    /// <summary>A fact about one repository.</summary>
    public abstract record OfRepository(RepositoryName Repository) : Event;

    // The home

    /// <summary>A daemon took charge; everything of a lower epoch is refused from here on.</summary>
    public sealed record EpochBegan(Epoch Epoch, string Holder) : Event;

    public sealed record HomeSettingsChanged(HomeSettings Settings, string Hash, string Origin) : Event;

    public sealed record FleetPaused(PauseKind Kind, string Why) : Event;

    public sealed record FleetResumed : Event;

    /// <summary>Runs may finish, nothing new starts, then the daemon exits.</summary>
    public sealed record DrainAsked(bool Now) : Event;

    /// <summary>The texts in the body of an earlier event were removed; the hash of the body, and so the chain,
    /// stays.</summary>
    /// <param name="Left">The hash of what is left of that body; none when nothing is.</param>
    public sealed record BodyRedacted(long Seq, string Why, string? Left = null) : Event;

    // Accounts

    /// <summary>What the account may use is used up for now: no run starts on it until then.</summary>
    public sealed record AccountLimited(AccountId Account, DateTimeOffset Until, string Why) : OfAccount(Account);

    /// <summary>The account is not signed in, its key is refused, or it has no money: a person must act.</summary>
    public sealed record AccountRefused(AccountId Account, string Why) : OfAccount(Account);

    /// <summary>The account may be used again: its time is over, or a person said so.</summary>
    public sealed record AccountResumed(AccountId Account) : OfAccount(Account);

    /// <summary>The coder told how full windows of the account are.</summary>
    /// <param name="Windows">Only those that changed.</param>
    public sealed record AccountWindowsSeen(AccountId Account, ImmutableArray<AccountWindow> Windows)
        : OfAccount(Account);

    // Repositories

    public sealed record RepositoryAdded(RepositoryName Repository, string Root, string Trunk, string? Remote)
        : OfRepository(Repository);

    /// <summary>Trunk was read; the settings are those at that commit.</summary>
    public sealed record RepositorySettingsChanged(
        RepositoryName Repository,
        Commit At,
        RepositorySettings Settings,
        string Hash,
        string? CommandsHash
    ) : OfRepository(Repository);

    public sealed record TrunkSeen(RepositoryName Repository, Commit Head) : OfRepository(Repository);

    public sealed record RepositoryUnreadable(RepositoryName Repository, string Why) : OfRepository(Repository);

    /// <summary>A person read the repository's commands and consents to exactly these.</summary>
    public sealed record CommandsTrusted(RepositoryName Repository, string CommandsHash) : OfRepository(Repository);

    public sealed record RepositoryHalted(RepositoryName Repository, string Why) : OfRepository(Repository);

    public sealed record RepositoryResumed(RepositoryName Repository) : OfRepository(Repository);

    public sealed record RepositoryForgotten(RepositoryName Repository) : OfRepository(Repository);

    /// <param name="Name">The pause file that now exists; none when it was removed.</param>
    public sealed record PauseFileChanged(RepositoryName Repository, string? Name) : OfRepository(Repository);

    // Tasks

    /// <param name="RequestId">The client's id: the same request asked again gets this task.</param>
    public sealed record TaskAdded(TaskId Id, RepositoryName Repository, Brief Brief, string RequestId) : OfTask(Id);

    public sealed record TaskEdited(TaskId Id, Brief Brief) : OfTask(Id);

    /// <summary>The task waits for something that only <paramref name="For"/> can give.</summary>
    public sealed record TaskParked(TaskId Id, WaitingFor For, string Why) : OfTask(Id);

    /// <summary>A person asked for another attempt; the counts of failures begin anew.</summary>
    public sealed record TaskRetried(TaskId Id) : OfTask(Id);

    /// <summary>Someone said something to the task's coder.</summary>
    public sealed record TaskTold(TaskId Id, string Words) : OfTask(Id);

    /// <summary>A person read the plan that the task's run left, and wants it carried out.</summary>
    public sealed record PlanApproved(TaskId Id, string Plan) : OfTask(Id);

    public sealed record PlanRejected(TaskId Id, string Why) : OfTask(Id);

    public sealed record AbandonAsked(TaskId Id, string Why) : OfTask(Id);

    public sealed record TaskAbandoned(TaskId Id, string Why) : OfTask(Id);

    // Runs

    /// <param name="Resume">The coder's own session that the run goes on with; none begins a new one.</param>
    /// <param name="Reserved">What it may spend; none where no budget holds it.</param>
    /// <param name="Account">The name of the account that pays for it; none where nothing is paid for.</param>
    public sealed record RunStarted(
        RunId Run,
        string Coder,
        string? Agent,
        string? Model,
        Commit? From,
        string? Resume = null,
        Budget? Reserved = null,
        string? Account = null
    ) : OfRun(Run);

    public sealed record WorktreePrepared(RunId Run, string Path, Commit Base, string Branch) : OfRun(Run);

    public sealed record RunSpawned(RunId Run, ProcessIdentity Process) : OfRun(Run);

    /// <summary>What the run was given to look at: hashes and names, never a text.</summary>
    public sealed record ContextGiven(RunId Run, ContextManifest Context) : OfRun(Run);

    /// <summary>The coder named its session, by which a later run can go on with it.</summary>
    public sealed record SessionBegan(RunId Run, string Session, string? Model) : OfRun(Run);

    /// <summary>A tool call waits for a person's answer; the run stays open.</summary>
    /// <param name="Request">The coder's own name of the request.</param>
    /// <param name="By">The rule that says so.</param>
    /// <param name="Until">Then the answer is no.</param>
    public sealed record PermissionAsked(
        RunId Run,
        string Request,
        string Tool,
        string Input,
        string By,
        DateTimeOffset Until
    ) : OfRun(Run);

    /// <summary>A tool call that the coder asked about was allowed or denied.</summary>
    /// <param name="By">The rule, or the person, that answered.</param>
    /// <param name="Request">The coder's own name of what it asked.</param>
    public sealed record PermissionAnswered(
        RunId Run,
        string Tool,
        string Input,
        bool Allowed,
        string By,
        string? Request = null
    ) : OfRun(Run);

    /// <summary>The run took up what someone had said.</summary>
    /// <param name="Told">The position of the event that holds the words.</param>
    public sealed record WordsHeard(RunId Run, long Told) : OfRun(Run);

    /// <summary>What a turn cost: never a total.</summary>
    /// <param name="IsExact">The coder's own figures; else Fleet's estimate.</param>
    public sealed record UsageSpent(RunId Run, Usage Spent, bool IsExact) : OfRun(Run);

    public sealed record TurnEnded(RunId Run, EndedTurn Turn) : OfRun(Run);

    /// <param name="Of">What ran out, where that was a budget.</param>
    public sealed record RunStopAsked(RunId Run, StopReason Reason, string Why, Measure? Of = null) : OfRun(Run);

    public sealed record RunFrozen(RunId Run) : OfRun(Run);

    public sealed record RunThawed(RunId Run) : OfRun(Run);

    /// <summary>The run's whole process tree is gone; its slot is free.</summary>
    /// <param name="By">What ended it, where Fleet did.</param>
    public sealed record RunExited(RunId Run, RunExit Exit, StopStep? By = null) : OfRun(Run);

    public sealed record WorkSaved(RunId Run, SavedWork Work) : OfRun(Run);

    /// <param name="RetryAt">When the next attempt may start; none when only its account says when, or there will be
    /// none by itself.</param>
    public sealed record RunFailed(RunId Run, FailureKind Kind, string Why, DateTimeOffset? RetryAt) : OfRun(Run);

    /// <summary>The run left a plan, and its task waits until a person approves it.</summary>
    /// <param name="Plan">SHA-256 of it.</param>
    public sealed record PlanProposed(RunId Run, string Plan) : OfRun(Run);

    public sealed record WorktreeRemoved(RunId Run) : OfRun(Run);

    // Verification

    public sealed record ProposalMade(
        RunId Run,
        Commit Commit,
        Commit Base,
        bool TouchesPolicy,
        ImmutableArray<string> CheckoutChanges
    ) : OfRun(Run);

    public sealed record CandidateBuilt(TaskId Id, Candidate Candidate) : OfTask(Id);

    /// <summary>Trunk moved under the candidate; it is built again on the newer trunk.</summary>
    public sealed record CandidateOutdated(TaskId Id, int Number) : OfTask(Id);

    public sealed record VerdictGiven(TaskId Id, GivenVerdict Verdict) : OfTask(Id);

    public sealed record ProposalProven(TaskId Id, Commit Commit) : OfTask(Id);

    /// <param name="RetryAt">When the next attempt may start; none when a person must decide.</param>
    public sealed record ProposalRefuted(
        TaskId Id,
        Commit Commit,
        ImmutableArray<Finding> Findings,
        DateTimeOffset? RetryAt
    ) : OfTask(Id);

    public sealed record ProposalApproved(TaskId Id, Commit Commit) : OfTask(Id);

    // Landing

    public sealed record LandingHurried(TaskId Id) : OfTask(Id);

    public sealed record LandingStarted(TaskId Id, RepositoryName Repository) : OfTask(Id);

    /// <summary>From here on trunk may stand at that candidate, until the world answers.</summary>
    public sealed record TrunkMoveAsked(TaskId Id, int Number) : OfTask(Id);

    public sealed record LandingDeferred(TaskId Id, string Why, DateTimeOffset Until) : OfTask(Id);

    public sealed record Landed(TaskId Id, Commit Commit, Tree Tree, Commit TrunkBefore) : OfTask(Id);

    /// <summary>
    /// Separate code found the landed tree equal to the gated one and the old trunk among its ancestors.
    /// </summary>
    public sealed record LandingChecked(TaskId Id, Commit Commit) : OfTask(Id);
}

/// <summary>An event with its place in the log: when, who, and the position of the event that caused it.</summary>
public sealed record Fact(long Seq, DateTimeOffset At, Actor Who, long? Cause, Event Event);
