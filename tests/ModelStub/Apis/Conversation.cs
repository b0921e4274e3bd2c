using System.Collections.Immutable;

namespace Fleet.ModelStub.Apis;

/// <summary>What a request holds, whichever vendor's form it has.</summary>
/// <param name="Tools">What the coder offers. A request for a title or a summary offers nothing.</param>
internal sealed record Conversation(
    string Model,
    bool IsStreamed,
    ImmutableArray<Said> Said,
    ImmutableArray<OfferedTool> Tools
);

internal enum Voice
{
    Person,
    Model,

    /// <summary>The result of a tool call.</summary>
    Tool,
}

internal sealed record Said(Voice Voice, string Words);

/// <param name="Space">The namespace that a coder puts the tools of one server into.</param>
/// <param name="TakesText">It takes free text in place of JSON arguments.</param>
internal sealed record OfferedTool(string Name, string? Space = null, bool TakesText = false);
