using System.Collections.Immutable;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>What is needed to save a run's work.</summary>
/// <param name="Worktree">Where it worked; none when no worktree was ever told of.</param>
/// <param name="Message">The message of the commit that holds the dirty tree: the task's title.</param>
/// <param name="At">When the run ended.</param>
internal sealed record HarvestRequest(RunId Run, string? Worktree, string Message, Identity Author, DateTimeOffset At);

/// <summary>What a run left, all of it in the hub and reachable from <c>refs/fleet/kept/TASK/RUN</c>.</summary>
/// <param name="Head">The run's last commit; its base when it made none or none could be read.</param>
/// <param name="Snapshot">Fleet's commit of the dirty tree on top of <see cref="Head"/>; null when the tree was
/// clean.</param>
/// <param name="Kept">Where the kept ref points: it reaches head, snapshot and every other branch and
/// stash.</param>
/// <param name="ChangedPaths">What differs from the base, at most <see cref="MostPaths"/>.</param>
/// <param name="Damage">Why its commits could not all be read, or null.</param>
internal sealed record HarvestedWork(
    Commit Head,
    bool HasNewCommits,
    Commit? Snapshot,
    Commit Kept,
    ImmutableArray<string> ChangedPaths,
    bool TouchesFleetFolder,
    string? Damage
)
{
    public const int MostPaths = 1000;

    public bool Dirty => Snapshot is not null;

    /// <summary>
    /// What a coder that commits nothing itself proposes: the dirty tree, else its commits, else nothing.
    /// </summary>
    public Commit? Proposal => Snapshot ?? (HasNewCommits ? Head : null);
}

/// <summary>What became of saving a run's work.</summary>
internal abstract record HarvestOutcome
{
    private HarvestOutcome() { }

    internal sealed record Saved(HarvestedWork Work) : HarvestOutcome;

    internal sealed record StaleEpoch : HarvestOutcome;

    /// <summary>Nothing is known of such a run: no worktree was made for it.</summary>
    internal sealed record Unknown(RunId Run) : HarvestOutcome;

    /// <summary>Not saved; the worktree is as it was and must stay.</summary>
    internal sealed record Failed(string Why) : HarvestOutcome;
}
