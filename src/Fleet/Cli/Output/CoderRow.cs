using System.Collections.Immutable;
using Fleet.Coders;

namespace Fleet.Cli.Output;

/// <summary>One coder as a person sees it.</summary>
/// <param name="Program">Where its program is; none when it is not installed.</param>
/// <param name="Account">The directories that say who pays.</param>
/// <param name="SignedIn">Whether one of its accounts is signed in, as far as files and variables tell.</param>
/// <param name="Unasked">What it does without asking: an agent's permissions do not reach that.</param>
internal sealed record CoderRow(
    string Name,
    string? Program,
    string Account,
    SignedIn SignedIn,
    ImmutableArray<string> Works,
    string Unasked
);
