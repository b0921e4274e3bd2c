using System.Collections.Immutable;
using Fleet.Rules;
using Fleet.Rules.Settings;

namespace Fleet.Git;

/// <summary>The worktree that a run wants.</summary>
/// <param name="Path">Where; its parent belongs to Fleet.</param>
/// <param name="Trunk">What trunk is called there, for <c>origin/TRUNK</c>.</param>
/// <param name="Carry">Files to copy in from <paramref name="CarryFrom"/>, relative to its root.</param>
internal sealed record WorktreeRequest(
    RunId Run,
    Commit Base,
    string Branch,
    string Path,
    string Trunk,
    Identity Author,
    WorktreeKind Kind,
    string CarryFrom,
    ImmutableArray<string> Carry
);

/// <summary>A worktree that stands, on its branch, at its base.</summary>
internal sealed record Worktree(string Path, string Branch, Commit Base, ImmutableArray<string> Carried);

/// <summary>What became of preparing a worktree.</summary>
internal abstract record WorktreeOutcome
{
    private WorktreeOutcome() { }

    internal sealed record Ready(Worktree Worktree) : WorktreeOutcome;

    /// <summary>Something that Fleet did not make lies there; it is left alone.</summary>
    internal sealed record Occupied(string Path) : WorktreeOutcome;

    internal sealed record StaleEpoch : WorktreeOutcome;

    internal sealed record Failed(string Why) : WorktreeOutcome;
}

/// <summary>What became of removing a worktree.</summary>
internal abstract record RemovalOutcome
{
    private RemovalOutcome() { }

    /// <summary>It is gone, now or since before.</summary>
    internal sealed record Gone : RemovalOutcome;

    /// <summary>Its work is not pinned, so it stays.</summary>
    internal sealed record NotPinned(Commit Missing) : RemovalOutcome;

    /// <summary>Fleet made no worktree at that path; nothing was touched.</summary>
    internal sealed record NotOurs(string Path) : RemovalOutcome;

    /// <summary>Another daemon reigns by now; nothing was touched.</summary>
    internal sealed record StaleEpoch : RemovalOutcome;

    internal sealed record Failed(string Why) : RemovalOutcome;
}
