using System.Collections.Immutable;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Runs;

/// <summary>One attempt at a task: the facts so far. What it is doing now is derived from them.</summary>
/// <param name="StartedAt">When its lease began; its number is the fencing token.</param>
public sealed record Run(RunId Id, string Coder, string? Agent, string? Model, DateTimeOffset StartedAt)
{
    public PreparedWorktree? Worktree { get; init; }
    public ProcessIdentity? Process { get; init; }
    public DateTimeOffset? SpawnedAt { get; init; }
    public DateTimeOffset? FrozenAt { get; init; }
    public TimeSpan FrozenFor { get; init; }

    /// <summary>A freeze was asked for, and no thaw was seen since.</summary>
    public bool MayBeFrozen { get; init; }

    /// <summary>The coder's own name of the conversation.</summary>
    public string? Session { get; init; }

    /// <summary>The position of the event that started it: what was said before is in its brief.</summary>
    public long Seq { get; init; }

    /// <summary>The commit that its worktree starts from; none means the newest trunk.</summary>
    public Commit? From { get; init; }

    /// <summary>The coder's own name of the newest permission that it was answered.</summary>
    public string? Answered { get; init; }

    /// <summary>The session that it goes on with.</summary>
    public string? Resume { get; init; }

    /// <summary>The model that its coder named.</summary>
    public string? ToldModel { get; init; }

    /// <summary>What it may spend; none where no budget holds it.</summary>
    public Budget? Reserved { get; init; }

    /// <summary>What its ended turn spent, as far as it is known.</summary>
    public Usage Spent { get; init; } = Usage.Unknown;

    /// <summary>The money of <see cref="Spent"/> by list price, where its coder told no cost.</summary>
    public decimal? ListPrice { get; init; }

    /// <summary>The name of the account that pays for it.</summary>
    public string? Account { get; init; }

    /// <summary>The tool calls that a person was asked about, answered or not.</summary>
    public ImmutableArray<AskedPermission> Asked { get; init; } = [];

    /// <summary>Since when it waits for a person.</summary>
    public DateTimeOffset? AskedSince { get; init; }

    /// <summary>How long it waited for a person before.</summary>
    public TimeSpan AskedFor { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The oldest question that nobody answered yet.</summary>
    public AskedPermission? OpenAsk => Asked.FirstOrDefault(asked => asked.Allowed is null);

    /// <summary>The coder's terminal event; without one it has not said that it is done.</summary>
    public EndedTurn? Turn { get; init; }
    public StopAsked? Stop { get; init; }
    public RunExit? Exit { get; init; }
    public DateTimeOffset? ExitedAt { get; init; }
    public SavedWork? Saved { get; init; }

    public string? ModelUsed => ToldModel ?? Model;

    /// <summary>What ran out, where its budget ended it: by Fleet, or by the coder's own limit of money.</summary>
    public Measure? StoppedAt =>
        Turn is { Result: TurnResult.Done }
            ? null
            : Stop?.Of ?? (Turn is { Error: ErrorClass.Budget } && Reserved?.Usd is not null ? Measure.Usd : null);

    /// <summary>A coder that says by itself when it is done; of a command only the exit tells.</summary>
    public bool HasTurns => !string.Equals(Coder, Brief.CommandCoder, StringComparison.Ordinal);

    /// <summary>Who pays for it; none where nobody does.</summary>
    public AccountId? PaidBy => Account is { } name ? new AccountId(Coder, name) : null;

    /// <summary>Its coder is at work and may be spoken to.</summary>
    public bool Hears => HasTurns && this is { Process: not null, Turn: null, Stop: null, Exit: null, FrozenAt: null };

    /// <summary>Its lease holds: it may still have a process, so it occupies a slot.</summary>
    public bool IsLive => Exit is null;

    /// <summary>It ended, and its commits and dirty tree are pinned.</summary>
    public bool IsSaved => Saved is not null;
}

/// <summary>Where a run works: its own checkout, its branch and the commit it started from.</summary>
public sealed record PreparedWorktree(string Path, Commit Base, string Branch);

/// <summary>A process that cannot be mistaken for another: pid and start time since boot, in clock ticks.</summary>
public sealed record ProcessIdentity(int Pid, long StartTicks);

/// <summary>Why a run is being stopped, and in whose words.</summary>
public sealed record StopAsked(StopReason Reason, string Why, DateTimeOffset At, Measure? Of = null);

/// <summary>The reasons for which a live run is stopped.</summary>
public enum StopReason
{
    Person,
    Abandoned,
    Down,
    Overtime,
    NoProgress,
    TooMuchOutput,

    /// <summary>It does the same again and again.</summary>
    Looping,

    /// <summary>It said that it is done, and its process stays only because nobody ended it.</summary>
    TurnEnded,

    /// <summary>It spent what it may spend.</summary>
    Budget,
}

/// <summary>How the root process of a run ended; exactly one of code and signal is known unless it was lost.</summary>
public sealed record RunExit(int? Code, int? Signal, bool Lost)
{
    public bool Succeeded => Code == 0 && !Lost;

    public override string ToString() =>
        Lost ? "lost with its keeper"
        : Signal is { } signal ? $"killed by signal {signal}"
        : $"exit code {Code}";
}

/// <summary>The step that ended a run which Fleet stopped, from the kindest on.</summary>
public enum StopStep
{
    /// <summary>Its coder ended its turn when its own protocol told it to.</summary>
    Interrupted,

    /// <summary>Its first process ended the rest in good order.</summary>
    Asked,
    Terminated,
    Killed,
}

/// <summary>What a run left behind, all of it reachable from a ref.</summary>
/// <param name="Proposal">The commit that carries its work; none when nothing changed.</param>
/// <param name="Kept">The pin under <c>refs/fleet/kept/TASK/RUN</c>: commits and dirty tree.</param>
/// <param name="Dirty">The tree held changes that were not committed.</param>
/// <param name="TouchesPolicy">Something under <c>.fleet/</c> changed.</param>
/// <param name="CheckoutChanges">What changed in the person's own checkout while it was alive.</param>
/// <param name="LastWords">The last line that it printed: a claim, for people.</param>
public sealed record SavedWork(
    Commit? Proposal,
    Commit? Kept,
    bool Dirty,
    bool TouchesPolicy,
    ImmutableArray<string> ChangedPaths,
    ImmutableArray<string> CheckoutChanges,
    string LastWords = ""
);

/// <summary>Why a run ended without a proposal.</summary>
public enum FailureKind
{
    Crashed,
    TimedOut,
    NoProgress,
    TooMuchOutput,
    Lost,
    Empty,
    Stopped,
    CouldNotStart,
    Looping,

    /// <summary>What its account may use is used up: no failure, and no try is lost.</summary>
    Limit,

    /// <summary>It spent what it may spend: no failure, and no try is lost.</summary>
    Budget,

    /// <summary>Its account is not signed in or its key is refused: no failure, and no try is lost.</summary>
    Account,

    /// <summary>Someone said more to it than its turn had heard: no failure, the next run goes on with that.</summary>
    Told,
}
