using System.Collections.Immutable;
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

    /// <summary>The session that it goes on with.</summary>
    public string? Resume { get; init; }

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

    /// <summary>A coder that says by itself when it is done; of a command only the exit tells.</summary>
    public bool HasTurns => !string.Equals(Coder, Brief.CommandCoder, StringComparison.Ordinal);

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
public sealed record StopAsked(StopReason Reason, string Why, DateTimeOffset At);

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
}
