using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Repositories;

namespace Fleet.Rules.Views;

/// <summary>How the fleet as a whole stands.</summary>
/// <param name="DaemonPid">The process in charge; none when no daemon runs.</param>
/// <param name="Paused">How still it stands; none when it runs.</param>
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
    ImmutableArray<RepositoryRow> Repositories
)
{
    public static FleetStatus Of(FleetState state, string version, int? daemonPid) =>
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
            [.. state.Repositories.Values.Select(RepositoryRow.Of)]
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
