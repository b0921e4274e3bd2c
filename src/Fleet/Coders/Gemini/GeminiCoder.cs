using Fleet.Coders.Acp;
using Fleet.Processes;

namespace Fleet.Coders.Gemini;

/// <summary>
/// Gemini by ACP and not by its own stream: that one asks for no permission and cannot be interrupted. The price is
/// that tokens are estimates, because ACP tells neither what came from the cache nor what was reasoning.
/// </summary>
internal sealed class GeminiCoder : ICoder
{
    private static readonly AcpDialect Dialect = new(SignIn: GeminiConfiguration.SignIn);

    public string Name => "gemini";

    public CoderAbilities Abilities { get; } =
        new(
            Steers: false,
            Interrupts: true,
            Resumes: true,
            AsksPermission: true,
            TellsCost: false,
            TellsReset: false,
            Unasked: "reading"
        );

    public CoderLaunch Launch(CoderRequest request) =>
        new(
            [
                request.Program ?? "gemini",
                "--acp",
                .. GeminiConfiguration.Model(request),
                .. GeminiConfiguration.Directories(request),
            ],
            GeminiConfiguration.Environment(request),
            PieceInput.Fifo,
            GeminiConfiguration.Files(request)
        );

    public ICoderSession Open(CoderRequest request) => new AcpSession(request, Dialect);
}
