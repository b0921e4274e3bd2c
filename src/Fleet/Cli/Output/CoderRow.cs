using System.Collections.Immutable;

namespace Fleet.Cli.Output;

/// <summary>One coder as a person sees it.</summary>
/// <param name="Program">Where its program is; none when it is not installed.</param>
/// <param name="Account">The directory that says who pays.</param>
/// <param name="Unasked">What it does without asking: an agent's permissions do not reach that.</param>
internal sealed record CoderRow(
    string Name,
    string? Program,
    string Account,
    ImmutableArray<string> Works,
    string Unasked
);
