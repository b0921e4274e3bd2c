using System.Collections.Immutable;

namespace Fleet.Rules.Verification;

/// <summary>One gate's answer about one tree. Only <see cref="Upheld"/> counts; doubt means no.</summary>
public abstract record Verdict
{
    private Verdict() { }

    public sealed record Upheld : Verdict;

    public sealed record Refuted(ImmutableArray<Finding> Findings) : Verdict;

    public sealed record Undecided(string Reason) : Verdict;
}

/// <summary>What refuted a proposal: by whom, where, why.</summary>
/// <param name="By">The gate or check that found it.</param>
public sealed record Finding(string By, string Why, string? File = null, int? Line = null);

/// <summary>A verdict bound to exactly the tree and the gate definition that it was given for.</summary>
/// <param name="Definition">The hash of the gate's definition on trunk.</param>
/// <param name="Output">Where the gate's output is kept.</param>
public sealed record GivenVerdict(
    Tree Tree,
    string Gate,
    string Definition,
    Verdict Verdict,
    string Output,
    TimeSpan Took
);
