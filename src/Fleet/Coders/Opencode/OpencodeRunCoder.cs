using System.Collections.Immutable;
using Fleet.Processes;

namespace Fleet.Coders.Opencode;

/// <summary>Opencode by <c>run --format json</c>: exact tokens, but permissions that are fixed at its start.</summary>
internal sealed class OpencodeRunCoder : ICoder
{
    public string Name => "opencode-run";

    public CoderAbilities Abilities { get; } =
        new(Steers: false, Interrupts: false, Resumes: true, AsksPermission: false, TellsCost: true, TellsReset: false);

    public CoderLaunch Launch(CoderRequest request)
    {
        var prompt = PromptArgument.Of(request);
        return new CoderLaunch(
            [
                request.Program ?? "opencode",
                "run",
                "--format",
                "json",
                .. OpencodeConfiguration.Model(request) is { } model ? ["-m", model] : ImmutableArray<string>.Empty,
                .. request.Resume is { } session ? ["-s", session] : new[] { "--title", $"Fleet {request.Run}" },
                "--",
                prompt.Words,
            ],
            OpencodeConfiguration.Environment(request, asks: false),
            PieceInput.None,
            prompt.Files
        );
    }

    public ICoderSession Open(CoderRequest request) => new OpencodeRunSession(request);
}
