using System.Collections.Immutable;
using Fleet.Processes;

namespace Fleet.Coders.Codex;

/// <summary>Codex by its app-server: it asks, is steered and interrupted, and types its errors.</summary>
internal sealed class CodexCoder : ICoder
{
    public string Name => "codex";

    public CoderAbilities Abilities { get; } =
        new(
            Steers: true,
            Interrupts: true,
            Resumes: true,
            AsksPermission: true,
            TellsCost: false,
            TellsReset: true,
            Unasked: "reading, commands that it takes for harmless"
        );

    public CoderLaunch Launch(CoderRequest request) =>
        new(
            [request.Program ?? "codex", "app-server", .. CodexConfiguration.Arguments(request)],
            CodexConfiguration.Environment(request),
            PieceInput.Fifo,
            ImmutableDictionary<string, string>.Empty
        );

    public ICoderSession Open(CoderRequest request) => new CodexSession(request);
}
