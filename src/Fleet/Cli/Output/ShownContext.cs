using System.Collections.Immutable;

namespace Fleet.Cli.Output;

/// <summary>Whether a text that a run was given is still there as it was given.</summary>
internal enum PartState
{
    AsGiven,
    Changed,
    Missing,
}

/// <summary>What a run was given, and whether the files still say so.</summary>
/// <param name="File">The brief.</param>
/// <param name="State">That of the whole brief.</param>
internal sealed record ShownContext(
    string Run,
    string File,
    string Hash,
    long Bytes,
    PartState State,
    ImmutableArray<ShownPart> Parts
);

/// <param name="Run">The run whose brief holds it: an earlier one where a conversation went on.</param>
internal sealed record ShownPart(string Name, string Run, string Hash, long Bytes, PartState State);
