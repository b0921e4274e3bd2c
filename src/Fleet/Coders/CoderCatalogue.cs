using System.Collections.Immutable;
using Fleet.Coders.Acp;
using Fleet.Coders.Agy;
using Fleet.Coders.Claude;
using Fleet.Coders.Codex;
using Fleet.Coders.Gemini;
using Fleet.Coders.Opencode;
using Fleet.Coders.Own;
using Fleet.Rules.Settings;

namespace Fleet.Coders;

/// <summary>Every coder that a name can mean: those that Fleet knows, and those that a person defined.</summary>
internal static class CoderCatalogue
{
    public static readonly ImmutableArray<ICoder> Known =
    [
        new ClaudeCoder(),
        new CodexCoder(),
        new GeminiCoder(),
        new OpencodeCoder(),
        new AgyCoder(),
    ];

    /// <summary>A person's own definition wins; null when nobody defined such a coder.</summary>
    public static ICoder? Find(string name, IEnumerable<CoderSettings> own) =>
        own.FirstOrDefault(coder => string.Equals(coder.Name, name, StringComparison.Ordinal)) is { } mine
            ? new OwnCoder(mine, Speaker(mine.Output))
            : Known.FirstOrDefault(coder => string.Equals(coder.Name, name, StringComparison.Ordinal));

    /// <summary>The coder whose stream a person's program prints.</summary>
    private static ICoder? Speaker(CoderOutput output) =>
        output switch
        {
            CoderOutput.Lines => null,
            CoderOutput.ClaudeStreamJson => new ClaudeCoder(),
            CoderOutput.CodexJson => new CodexExecCoder(),
            CoderOutput.GeminiStreamJson => new GeminiStreamCoder(),
            CoderOutput.OpencodeJson => new OpencodeRunCoder(),
            CoderOutput.AgyStreamJson => new AgyCoder(),
            CoderOutput.Acp => new AcpCoder(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
