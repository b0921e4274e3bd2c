using System.Collections.Immutable;

namespace Fleet.Rules.Settings;

/// <summary>What one repository says about itself in <c>.fleet/fleet.yaml</c>, read from its trunk.</summary>
public sealed record RepositorySettings(
    string? Trunk = null,
    ImmutableArray<GateSettings> Gates = default,
    ImmutableArray<string> Setup = default,
    WorktreeSettings? Worktrees = null,
    AskedLanding? Landing = null,
    AskedLimits? Limits = null,
    ImmutableArray<AgentSettings> Agents = default,
    ImmutableArray<CoderSettings> Coders = default,
    Budget? RunBudget = null,
    Budget? TaskBudget = null
)
{
    public ImmutableArray<GateSettings> Gates { get; init; } = Gates.IsDefault ? [] : Gates;

    /// <summary>Commands that make a fresh checkout ready, for gates and (after these) for worktrees.</summary>
    public ImmutableArray<string> Setup { get; init; } = Setup.IsDefault ? [] : Setup;
    public WorktreeSettings Worktrees { get; init; } = Worktrees ?? new WorktreeSettings();
    public AskedLanding Landing { get; init; } = Landing ?? new AskedLanding();
    public AskedLimits Limits { get; init; } = Limits ?? new AskedLimits();
    public ImmutableArray<AgentSettings> Agents { get; init; } = Agents.IsDefault ? [] : Agents;
    public ImmutableArray<CoderSettings> Coders { get; init; } = Coders.IsDefault ? [] : Coders;
    public Budget RunBudget { get; init; } = RunBudget ?? Budget.Unlimited;
    public Budget TaskBudget { get; init; } = TaskBudget ?? Budget.Unlimited;
}

/// <summary>A deterministic check: its exit code is evidence.</summary>
/// <param name="Name">Unique in the repository.</param>
/// <param name="Run">The command line.</param>
/// <param name="Timeout">Its own limit; null is the fleet's.</param>
public sealed record GateSettings(string Name, string Run, TimeSpan? Timeout = null);

/// <summary>Whether a worktree is a private clone of the hub or a linked git worktree.</summary>
public enum WorktreeKind
{
    Clone,
    Linked,
}

/// <summary>Where and how a task's worktree is made.</summary>
/// <param name="Root">The directory that holds them; null is the home's.</param>
/// <param name="Kind">Private clone, or linked.</param>
/// <param name="Setup">Commands run in each new worktree.</param>
/// <param name="Carry">Files copied in from the person's checkout; never part of a commit.</param>
/// <param name="PauseFile">A name in the person's git directory that exists while runs are alive.</param>
public sealed record WorktreeSettings(
    string? Root = null,
    WorktreeKind Kind = WorktreeKind.Clone,
    ImmutableArray<string> Setup = default,
    ImmutableArray<string> Carry = default,
    string? PauseFile = null
)
{
    public ImmutableArray<string> Setup { get; init; } = Setup.IsDefault ? [] : Setup;
    public ImmutableArray<string> Carry { get; init; } = Carry.IsDefault ? [] : Carry;
}
