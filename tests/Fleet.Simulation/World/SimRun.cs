using System.Collections.Immutable;
using Fleet.Rules;
using Fleet.Rules.Runs;

namespace Fleet.Simulation.World;

using Files = ImmutableSortedDictionary<string, string>;

/// <summary>A run as it really is: its checkout, its process, what was pinned of it.</summary>
internal sealed class SimRun(RunId id, SimRepository repository)
{
    public RunId Id { get; } = id;

    public SimRepository Repository { get; } = repository;

    public bool HasWorktree { get; set; }

    public bool WasRemoved { get; set; }

    public Commit Base { get; set; }

    /// <summary>A second parent of what it commits: the trunk that it brought in.</summary>
    public Commit? BroughtIn { get; set; }

    public Files Files { get; set; } = Objects.NoFiles;

    public ProcessIdentity? Process { get; set; }

    /// <summary>Its lease was revoked before it had a process: it must never get one.</summary>
    public bool NeverStarts { get; set; }

    /// <summary>Its coder says by itself when it is done.</summary>
    public bool HasTurns { get; set; }

    public bool IsDone { get; set; }

    /// <summary>Tokens that its coder told of so far.</summary>
    public long Tokens { get; set; }

    public bool IsAlive { get; set; }

    public bool IsFrozen { get; set; }

    public RunExit? Exit { get; set; }

    public TimeSpan Left { get; set; }

    public DateTimeOffset RunsSince { get; set; }

    /// <summary>Grows when it is frozen or thawed, so that an older plan of its end is void.</summary>
    public int Thaws { get; set; }

    public CoderPlan Plan { get; set; } = CoderPlan.Works;

    public StopReason? PassedLimit { get; set; }

    public SavedWork? Saved { get; set; }

    public Files? SavedFiles { get; set; }
}

/// <summary>What the coder of a run really does.</summary>
[Flags]
internal enum CoderPlan
{
    Works = 0,
    Lies = 1,
    Hangs = 2,
    Crashes = 4,
    DoesNothing = 8,
    Floods = 16,
    EditsCheckout = 32,
    ChangesPolicy = 64,
    FitsAloneOnly = 128,
}
