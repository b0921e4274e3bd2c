using System.Collections.Immutable;
using Fleet.Processes;

namespace Fleet.Coders.Codex;

/// <summary>Codex by <c>exec --json</c>: for a version whose app-server Fleet does not understand.</summary>
internal sealed class CodexExecCoder : ICoder
{
    public string Name => "codex-exec";

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
            [request.Program ?? "codex", "exec", .. Session(request), .. Arguments(request), "--", prompt.Words],
            CodexConfiguration.Environment(request),
            PieceInput.None,
            prompt.Files
        );
    }

    public ICoderSession Open(CoderRequest request) => new CodexExecSession(request);

    private static ImmutableArray<string> Session(CoderRequest request) =>
        request.Resume is { } session ? ["resume", session] : [];

    /// <summary>Settings and not flags: <c>exec resume</c> knows fewer flags than <c>exec</c>.</summary>
    private static ImmutableArray<string> Arguments(CoderRequest request) =>
        [
            "--json",
            "--skip-git-repo-check",
            .. request.Model is { } model ? ["-m", model] : ImmutableArray<string>.Empty,
            .. CodexConfiguration.Setting("approval_policy=\"never\""),
            .. CodexConfiguration.Setting("sandbox_mode=\"danger-full-access\""),
            .. CodexConfiguration.Arguments(request),
        ];
}
