using System.Collections.Immutable;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Verification;

namespace Fleet.Rules;

/// <summary>One thing to make true in the world: value-equal by its key, and safe to ask for twice.</summary>
public abstract record Effect(string Key, string Lane)
{
    /// <summary>Fetch trunk into the hub and read the settings on it.</summary>
    public sealed record ReadTrunk(RepositoryName Repository) : Effect($"read {Repository}", $"repo {Repository}");

    /// <param name="From">The commit to start from; none means the newest trunk.</param>
    public sealed record PrepareWorktree(RunId Run, RepositoryName Repository, string Title, Commit? From)
        : Effect($"prepare {Run}", $"run {Run}");

    public sealed record StartRun(RunId Run, RepositoryName Repository, string Coder)
        : Effect($"start {Run}", $"run {Run}");

    /// <param name="Told">The position of the event that holds the words.</param>
    public sealed record TellRun(RunId Run, long Told, string Who, string Words)
        : Effect($"tell {Run} {Told}", $"tell {Run}");

    public sealed record StopRun(RunId Run, StopReason Reason, TimeSpan Grace) : Effect($"stop {Run}", $"run {Run}");

    public sealed record FreezeRun(RunId Run) : Effect($"freeze {Run}", $"freeze {Run}");

    public sealed record ThawRun(RunId Run) : Effect($"thaw {Run}", $"freeze {Run}");

    public sealed record SaveWork(RunId Run, RepositoryName Repository) : Effect($"save {Run}", $"run {Run}");

    public sealed record RemoveWorktree(RunId Run, RepositoryName Repository, string Path)
        : Effect($"remove {Run}", $"run {Run}");

    public sealed record BuildCandidate(TaskId Id, RepositoryName Repository, Proposal Proposal, int Number)
        : Effect($"candidate {Id}.c{Number}", $"repo {Repository}");

    public sealed record RunGate(TaskId Id, RepositoryName Repository, Candidate Candidate, GateSettings Gate)
        : Effect($"gate {Id}.c{Candidate.Number} {Gate.Name}", $"gate {Id}.c{Candidate.Number} {Gate.Name}");

    public sealed record MoveTrunk(TaskId Id, RepositoryName Repository, Candidate Candidate)
        : Effect($"land {Id}.c{Candidate.Number}", $"repo {Repository}");

    public sealed record CheckLanding(TaskId Id, RepositoryName Repository, LandedChange Change)
        : Effect($"check {Id}", $"repo {Repository}");

    public sealed record SetPauseFile(RepositoryName Repository, string Name, bool Present)
        : Effect($"pause file {Repository} {Name} {Present}", $"pause file {Repository}");
}

/// <summary>What landed, as it must be found on trunk afterwards.</summary>
public sealed record LandedChange(Commit Commit, Tree Tree, Commit TrunkBefore);

/// <summary>What the world still owes, and when to look again if nothing happens before.</summary>
public sealed record Owed(ImmutableArray<Effect> Effects, DateTimeOffset? WakeAt);
