using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Context;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;
using Fleet.Rules.Verification;

namespace Fleet.Rules.Tasks;

/// <summary>
/// One scoped piece of work that ends Landed or Abandoned: the facts; its status is derived from them.
/// </summary>
/// <param name="LastSeq">The position of the newest event about it.</param>
public sealed record FleetTask(
    TaskId Id,
    RepositoryName Repository,
    Brief Brief,
    DateTimeOffset AddedAt,
    string AddedBy,
    long LastSeq
)
{
    /// <summary>The position of the event that gave it its brief.</summary>
    public long BriefSeq { get; init; }

    /// <summary>The newest run, live or ended; its number is the only one whose word counts.</summary>
    public Run? Run { get; init; }
    public Proposal? Proposal { get; init; }

    /// <summary>Where the next run starts from when it continues refused work.</summary>
    public Commit? ContinueFrom { get; init; }

    /// <summary>
    /// The number of its newest candidate; never used again, so that a late word about an older one is known.
    /// </summary>
    public int Candidates { get; init; }
    public int CrashesInARow { get; init; }

    /// <summary>How often it was sent back because its run did the same again and again.</summary>
    public int Loops { get; init; }
    public int Refusals { get; init; }
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What all its runs spent so far, as far as it is known.</summary>
    public Usage Spent { get; init; } = Usage.Unknown;

    /// <summary>Some of <see cref="Spent"/> is an estimate.</summary>
    public bool IsSpentEstimated { get; init; }

    /// <summary>Money by list price, where no coder told the cost; no part of <see cref="Spent"/>.</summary>
    public decimal? ListPrice { get; init; }

    /// <summary>How long its ended runs were alive, frozen time left out.</summary>
    public TimeSpan RanFor { get; init; }

    /// <summary>All of it, to be held against a budget.</summary>
    public Amount Used => Amount.Of(Spent, ListPrice, RanFor);
    public Parked? Parked { get; init; }
    public string? AbandonAsked { get; init; }

    /// <summary>Its newest failure or refusal in words, for people and for the next brief.</summary>
    public string? LastSetback { get; init; }

    /// <summary>The hash of the plan that waits for a person.</summary>
    public string? PlanProposed { get; init; }

    /// <summary>The hash of the plan that a person approved.</summary>
    public string? PlanApproved { get; init; }

    /// <summary>What its newest run was given, and what its conversation was given before.</summary>
    public ImmutableArray<ContextPart> Given { get; init; } = [];

    /// <summary>
    /// What its runs of one session have left since the last proposal: the next run goes on from there.
    /// </summary>
    public Commit? Unproposed { get; init; }

    /// <summary>Where the first of those runs had started.</summary>
    public Commit? UnproposedBase { get; init; }

    /// <summary>Work that its newest run went on from, or left, changes something under <c>.fleet/</c>.</summary>
    public bool TouchedPolicy { get; init; }

    /// <summary>What people said to its coder.</summary>
    public ImmutableArray<Told> Told { get; init; } = [];

    /// <summary>The oldest words that no run has heard yet.</summary>
    public Told? Unheard => Told.FirstOrDefault(told => told.Heard is null);

    /// <summary>
    /// The last run, where the next one goes on with its session, from where it left its files.
    /// </summary>
    public Run? Resumable =>
        Run is { Session: not null, Turn: not { Error: ErrorClass.SessionGone or ErrorClass.ContextTooLong } } last
        && string.Equals(last.Coder, Brief.Coder, StringComparison.Ordinal)
            ? last
            : null;

    /// <summary>Its newest run began with the work that earlier ones left and nobody judged.</summary>
    public bool GoesOnFromUnproposed => Run is { From: { } from } && from == Unproposed;

    /// <summary>What the next run begins with, where it is one with the run before.</summary>
    public Commit? ToGoOnFrom => Resumable is not null || Run is { Turn.Result: TurnResult.Done } ? Unproposed : null;

    public int NextRunNumber => (Run?.Id.Number ?? 0) + 1;

    /// <summary>A run exists whose work is not yet safe.</summary>
    public bool HasOpenRun => Run is { IsSaved: false };

    /// <summary>Nothing but time, slots and dependencies keeps it from starting.</summary>
    public bool MayStart => Parked is null && Proposal is null && !HasOpenRun && AbandonAsked is null;
}

/// <summary>Set aside until someone acts.</summary>
public sealed record Parked(WaitingFor For, string Why);

/// <summary>How a task ended.</summary>
public enum TaskEnd
{
    Landed,
    Abandoned,
}

/// <summary>The one line that remains of an ended task.</summary>
public sealed record FinishedTask(
    TaskId Id,
    RepositoryName Repository,
    string Title,
    string Directory,
    string Coder,
    string? Agent,
    string? Model,
    int Priority,
    TaskEnd End,
    string Why,
    Commit? Commit,
    int Runs,
    DateTimeOffset AddedAt,
    DateTimeOffset EndedAt,
    Usage? Spent = null,
    decimal? ListPrice = null
);
