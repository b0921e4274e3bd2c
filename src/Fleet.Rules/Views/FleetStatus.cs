using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Repositories;

namespace Fleet.Rules.Views;

/// <summary>How the fleet as a whole stands.</summary>
/// <param name="DaemonPid">The process in charge; none when no daemon runs.</param>
/// <param name="Paused">How still it stands; none when it runs.</param>
/// <param name="LiveRuns">The runs that may have a process, or get a worktree at this moment.</param>
/// <param name="Accounts">Who pays; none told by an older daemon.</param>
/// <param name="Worktrees">Where the checkouts are that exist by the record.</param>
public sealed record FleetStatus(
    string Version,
    long AsOf,
    long Epoch,
    int? DaemonPid,
    PauseKind? Paused,
    bool Draining,
    int Live,
    int MaxConcurrent,
    int Open,
    int Ended,
    ImmutableArray<RepositoryRow> Repositories,
    ImmutableArray<RunId> LiveRuns,
    ImmutableArray<string> Worktrees,
    ImmutableArray<AccountRow> Accounts = default
)
{
    public static FleetStatus Of(FleetState state, string version, int? daemonPid, DateTimeOffset now) =>
        new(
            version,
            state.Seq,
            state.Epoch.Number,
            daemonPid,
            state.Paused,
            state.Draining,
            state.Index.Live.Count,
            state.Home.MaxConcurrent,
            state.Tasks.Count,
            state.Finished.Count,
            [.. state.Repositories.Values.Select(RepositoryRow.Of)],
            [.. state.Index.Live.Select(id => state.Tasks[id].Run?.Id).OfType<RunId>()],
            [.. state.Worktrees.Values.Select(worktree => worktree.Path)],
            AccountRow.All(state, now)
        );
}

/// <summary>One repository as a person sees it.</summary>
/// <param name="TrustedHash">The commands that a person consented to.</param>
/// <param name="WorktreeKind">How its tasks get their checkouts; none until its settings were read.</param>
public sealed record RepositoryRow(
    string Name,
    string Root,
    string Trunk,
    string? Remote,
    string? Head,
    bool Trusted,
    string? CommandsHash,
    string? TrustedHash,
    string? Halted,
    string? Unreadable,
    Settings.WorktreeKind? WorktreeKind,
    ImmutableArray<string> Gates
)
{
    public static RepositoryRow Of(Repository repository) =>
        new(
            repository.Name.Value,
            repository.Root,
            repository.Trunk,
            repository.Remote,
            repository.Head?.Sha,
            repository.IsTrusted,
            repository.CommandsHash,
            repository.TrustedHash,
            repository.Halted,
            repository.Unreadable,
            repository.Settings?.Worktrees.Kind,
            [.. repository.Settings?.Gates.Select(gate => gate.Name) ?? []]
        );
}
