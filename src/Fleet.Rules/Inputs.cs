using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Context;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules;

/// <summary>Everything that can happen to a fleet: someone asks, a shell saw something, or time passed.</summary>
public abstract record Input
{
    private Input() { }

    /// <param name="RequestId">The client's own id: a repeat gets the first answer.</param>
    public sealed record Asked(string RequestId, Actor Who, Request Request) : Input;

    public sealed record Seen(Observation Observation) : Input;

    /// <summary>Time passed; what is due is decided.</summary>
    public sealed record Tick : Input;
}

/// <summary>What a person, an agent or a program may ask of the fleet.</summary>
public abstract record Request
{
    private Request() { }

    /// <param name="Trunk">The branch that proposals land on, as seen when it was added.</param>
    public sealed record AddRepository(string Root, string Trunk, string? Remote) : Request;

    /// <param name="Root">The top of the checkout that the task was added from: the task belongs to that
    /// repository.</param>
    public sealed record AddTask(string Root, Brief Brief) : Request;

    /// <summary>Changes what is named; null leaves a part as it was.</summary>
    public sealed record EditTask(TaskId Id, BriefChange Change) : Request;

    public sealed record AbandonTask(TaskId Id, string Why) : Request;

    public sealed record RetryTask(TaskId Id) : Request;

    public sealed record StopTask(TaskId Id) : Request;

    /// <summary>Says something to the task's coder: to the run that lives, or to the next one.</summary>
    public sealed record Say(TaskId Id, string Words) : Request;

    public sealed record StopAll(string Why) : Request;

    public sealed record Pause(PauseKind Kind) : Request;

    public sealed record Resume : Request;

    public sealed record Drain(bool Now) : Request;

    public sealed record Approve(TaskId Id) : Request;

    public sealed record Reject(TaskId Id, string Why) : Request;

    /// <summary>A person's answer to what the task's run asks.</summary>
    public sealed record AnswerPermission(TaskId Id, bool Allowed) : Request;

    public sealed record LandNext(TaskId Id) : Request;

    public sealed record Trust(string Root, string CommandsHash) : Request;

    public sealed record ForgetRepository(RepositoryName Repository) : Request;

    /// <param name="Account">Its name, with its coder's where several have that name: <c>claude/default</c>.</param>
    public sealed record ResumeAccount(string Account) : Request;

    public sealed record Redact(long Seq, string Why) : Request;
}

/// <summary>The parts of a brief that an edit replaces; null keeps a part.</summary>
public sealed record BriefChange(
    string? Title = null,
    string? Text = null,
    string? Agent = null,
    string? Coder = null,
    string? Model = null,
    int? Priority = null,
    ImmutableArray<TaskId>? Needs = null,
    ImmutableArray<string>? Labels = null,
    bool? NoGate = null,
    ImmutableArray<string>? Command = null
);

/// <summary>
/// What a shell saw in the world. Late and repeated ones are harmless: they name run, candidate or tree.
/// </summary>
public abstract record Observation
{
    private Observation() { }

    public sealed record DaemonStarted(string Holder) : Observation;

    public sealed record HomeSettingsSeen(HomeSettings Settings, string Hash, string Origin) : Observation;

    public sealed record HaltSeen(string Why) : Observation;

    public sealed record RepositorySeen(
        RepositoryName Repository,
        Commit Head,
        RepositorySettings Settings,
        string Hash,
        string? CommandsHash
    ) : Observation;

    public sealed record RepositoryNotRead(RepositoryName Repository, string Why) : Observation;

    public sealed record WorktreeReady(RunId Run, string Path, Commit Base, string Branch) : Observation;

    /// <summary>A run could not be prepared or spawned, tried again or not: no process of it exists.</summary>
    public sealed record RunNotStarted(RunId Run, string Why) : Observation;

    /// <summary>A run's account is not signed in as settings say: no process of the run exists.</summary>
    public sealed record AccountNotUsable(RunId Run, string Why) : Observation;

    /// <param name="Context">What it was given; none where nothing reads it.</param>
    public sealed record ProcessSpawned(RunId Run, ProcessIdentity Process, ContextManifest? Context = null)
        : Observation;

    public sealed record SessionNamed(RunId Run, string Session, string? Model) : Observation;

    public sealed record PermissionGiven(
        RunId Run,
        string Tool,
        string Input,
        bool Allowed,
        string By,
        string? Request = null
    ) : Observation;

    /// <summary>The coder took up what an event had to say to it.</summary>
    public sealed record WordsHeard(RunId Run, long Told) : Observation;

    /// <summary>What a live run spent so far: said often, and recorded only once its turn has ended.</summary>
    public sealed record UsageSeen(RunId Run, Usage SoFar) : Observation;

    /// <param name="Wait">How long a person has to answer.</param>
    public sealed record PermissionAsked(RunId Run, string Request, string Tool, string Input, string By, TimeSpan Wait)
        : Observation;

    /// <summary>A coder's terminal event, with what its turn cost.</summary>
    public sealed record CoderTurnEnded(RunId Run, EndedTurn Turn, Usage Spent, bool IsExact) : Observation;

    /// <summary>A coder told how full windows of its run's account are.</summary>
    public sealed record WindowsSeen(RunId Run, ImmutableArray<AccountWindow> Windows) : Observation;

    /// <summary>A limit that only a shell can measure was passed: silence without work, or too much output.</summary>
    public sealed record RunPassedLimit(RunId Run, StopReason Reason, string Why) : Observation;

    public sealed record TreeFrozen(RunId Run) : Observation;

    public sealed record TreeThawed(RunId Run) : Observation;

    /// <summary>The root process ended and its tree was verified empty.</summary>
    public sealed record TreeEnded(RunId Run, RunExit Exit, StopStep? By = null) : Observation;

    /// <param name="Plan">SHA-256 of the plan that it keeps; none where there is none.</param>
    public sealed record WorkHarvested(RunId Run, SavedWork Work, string? Plan = null) : Observation;

    public sealed record WorktreeGone(RunId Run) : Observation;

    public sealed record CandidateMerged(TaskId Id, Candidate Candidate) : Observation;

    public sealed record CandidateConflicted(TaskId Id, int Number, Commit Trunk, ImmutableArray<string> Paths)
        : Observation;

    public sealed record GateAnswered(TaskId Id, GivenVerdict Verdict) : Observation;

    public sealed record TrunkMoved(TaskId Id, int Number) : Observation;

    /// <summary>Trunk is no longer where the candidate was built on.</summary>
    public sealed record TrunkElsewhere(TaskId Id, int Number, Commit Head) : Observation;

    /// <summary>The person's checkout or the remote is not ready for a landing now.</summary>
    public sealed record TrunkBusy(TaskId Id, int Number, string Why) : Observation;

    public sealed record LandingHolds(TaskId Id, Commit Commit) : Observation;

    public sealed record LandingBroken(RepositoryName Repository, string Why) : Observation;

    public sealed record PauseFileIs(RepositoryName Repository, string? Name) : Observation;

    /// <summary>Something owed to a task cannot be done without a person: said once, in words.</summary>
    public sealed record EffectRefused(TaskId Id, string Why) : Observation;
}

/// <summary>What a request is told: the exit code of the CLI's table, one line, and the next command to try.</summary>
public sealed record Answer(int Code, string Message, string? Hint = null, TaskId? Task = null)
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int Refused = 7;
    public const int VerificationFailed = 9;
    public const int NeedsPerson = 11;
}
