using System.Collections.Immutable;

namespace Fleet.Rules.Verification;

/// <summary>The commit a run leaves: a claim until something other than its author confirmed it.</summary>
/// <param name="CheckoutChanges">What changed in the person's checkout while its run was alive: only a person may
/// excuse it.</param>
/// <param name="MadeSeq">The position of the event that made it.</param>
public sealed record Proposal(
    RunId Run,
    Commit Commit,
    Commit Base,
    bool TouchesPolicy,
    ImmutableArray<string> CheckoutChanges,
    long MadeSeq
)
{
    public Candidate? Candidate { get; init; }

    /// <summary>The last candidate that trunk left behind: a lost answer may still tell that it landed.</summary>
    public Candidate? Outdated { get; init; }

    /// <summary>The number of the candidate that trunk was asked to move to, until that is answered.</summary>
    public int? MoveAsked { get; init; }
    public ImmutableArray<GivenVerdict> Verdicts { get; init; } = [];
    public Approval? Approval { get; init; }

    /// <summary>The position at which it was proven, which orders the landing queue.</summary>
    public long? ProvenSeq { get; init; }
    public bool Hurried { get; init; }

    /// <summary>Evidence spoke against it; no approval outweighs that.</summary>
    public bool IsRefuted { get; init; }
    public LandingDelay? Delay { get; init; }

    /// <summary>Trunk may have moved already: until the answer is known, nothing may take this proposal away.</summary>
    public bool IsMoving => Candidate is { } candidate && MoveAsked == candidate.Number;

    public bool IsApproved => Approval?.Commit == Commit;
}

/// <summary>Trunk plus one proposal, merged: what gates run on and what lands, byte for byte.</summary>
public sealed record Candidate(int Number, Commit Trunk, Commit Commit, Tree Tree);

/// <summary>A person's yes to one commit: it survives re-gating on a newer trunk and is void for a new run.</summary>
public sealed record Approval(Commit Commit, string By, long Seq);

/// <summary>Why a landing waits, and until when it is not tried again.</summary>
public sealed record LandingDelay(string Why, DateTimeOffset Until, int Times);
