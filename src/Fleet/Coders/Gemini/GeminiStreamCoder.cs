using Fleet.Processes;

namespace Fleet.Coders.Gemini;

/// <summary>Gemini by <c>-o stream-json</c>: exact tokens, but every tool call is allowed.</summary>
internal sealed class GeminiStreamCoder : ICoder
{
    public string Name => "gemini-stream";

    public CoderAbilities Abilities { get; } =
        new(
            Steers: false,
            Interrupts: false,
            Resumes: true,
            AsksPermission: false,
            TellsCost: false,
            TellsReset: false
        );

    public CoderLaunch Launch(CoderRequest request)
    {
        var prompt = PromptArgument.Of(request);
        return new CoderLaunch(
            [
                request.Program ?? "gemini",
                .. GeminiConfiguration.Model(request),
                // In any other mode the shell is not even offered to the model.
                "--approval-mode",
                "yolo",
                "-o",
                "stream-json",
                .. request.Resume is { } session
                    ? ["--resume", session]
                    : new[] { "--session-id", request.NewSession.ToString() },
                $"--prompt={prompt.Words}",
            ],
            GeminiConfiguration.Environment(request),
            PieceInput.None,
            GeminiConfiguration.Files(request).AddRange(prompt.Files)
        );
    }

    public ICoderSession Open(CoderRequest request) => new GeminiStreamSession();
}
