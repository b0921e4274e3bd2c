using System.Collections.Immutable;

namespace Fleet.Rules.Views;

/// <summary>Everything that is known of one task.</summary>
public sealed record TaskStory(
    TaskRow Row,
    string Text,
    ImmutableArray<string> Command,
    ImmutableArray<TaskId> Needs,
    ImmutableArray<string> Labels,
    bool NoGate,
    DateTimeOffset AddedAt,
    string AddedBy,
    RunStory? Run,
    ProposalStory? Proposal
);

/// <summary>The newest run of a task.</summary>
public sealed record RunStory(
    RunId Id,
    DateTimeOffset StartedAt,
    string? Worktree,
    string? Branch,
    Commit? Base,
    int? Pid,
    string? Exit,
    Commit? Kept
);

/// <summary>The proposal of a task with its evidence.</summary>
public sealed record ProposalStory(
    Commit Commit,
    Commit Base,
    ImmutableArray<VerdictStory> Verdicts,
    string? ApprovedBy,
    Commit? Candidate,
    Tree? CandidateTree
);

/// <summary>One gate's answer in words.</summary>
public sealed record VerdictStory(string Gate, string Answer, string Why, string Output, TimeSpan Took);

/// <summary>One line of the record in words.</summary>
public sealed record EventRow(
    long Seq,
    DateTimeOffset At,
    string Kind,
    string Actor,
    long? Cause,
    TaskId? Task,
    string? Run,
    string? Body,
    string Hash
);

/// <summary>Some events, and where the log stands.</summary>
public sealed record EventPage(long AsOf, ImmutableArray<EventRow> Rows);

/// <summary>How the fleet as a whole stands.</summary>
/// <param name="Paused">How still it stands; none when it runs.</param>
public sealed record FleetStatus(
    string Version,
    long AsOf,
    long Epoch,
    int DaemonPid,
    string? Paused,
    bool Draining,
    int Live,
    int MaxConcurrent,
    ImmutableArray<RepositoryRow> Repositories
);

/// <summary>One repository as a person sees it.</summary>
public sealed record RepositoryRow(
    string Name,
    string Root,
    string Trunk,
    string? Remote,
    string? Head,
    bool Trusted,
    string? CommandsHash,
    string? Halted,
    string? Unreadable
);
