using System.Collections.Immutable;
using System.Globalization;
using Fleet.Processes;

namespace Fleet.Coders.Claude;

/// <summary>Claude Code as one process that is spoken to both ways, in lines of JSON.</summary>
internal sealed class ClaudeCoder : ICoder
{
    public string Name => "claude";

    public CoderAbilities Abilities =>
        new(
            Steers: true,
            Interrupts: true,
            Resumes: true,
            AsksPermission: true,
            TellsCost: true,
            TellsReset: true,
            Unasked: "reading, commands that it takes for harmless"
        );

    public CoderLaunch Launch(CoderRequest request) =>
        new(
            [
                request.Program ?? "claude",
                "-p",
                "--input-format",
                "stream-json",
                "--output-format",
                "stream-json",
                "--verbose",
                // So that it tells when it took up what was said to it.
                "--replay-user-messages",
                "--permission-prompt-tool",
                "stdio",
                // Neither settings nor tools of the person's own: a run sees what Fleet gave it.
                "--setting-sources",
                "",
                "--strict-mcp-config",
                .. Model(request),
                .. Budget(request),
                .. Session(request),
            ],
            Environment(request),
            PieceInput.Fifo,
            ImmutableDictionary<string, string>.Empty
        );

    public ICoderSession Open(CoderRequest request) => new ClaudeSession(request);

    private static ImmutableArray<string> Model(CoderRequest request) =>
        request.Model is { } model ? ["--model", model] : [];

    /// <summary>It tells its cost only when a turn ends, and counts what a resumed session had cost before.</summary>
    private static ImmutableArray<string> Budget(CoderRequest request) =>
        request.MostUsd + (request.Resume is null ? 0 : request.Before.Usd ?? 0) is { } most
            ? ["--max-budget-usd", most.ToString(CultureInfo.InvariantCulture)]
            : [];

    /// <summary>The id of a session that exists is refused as one for a new session.</summary>
    private static ImmutableArray<string> Session(CoderRequest request) =>
        request.Resume is { } session ? ["--resume", session] : ["--session-id", request.NewSession.ToString()];

    private static ImmutableDictionary<string, string> Environment(CoderRequest request) =>
        ImmutableDictionary.CreateRange(
            StringComparer.Ordinal,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CLAUDE_CONFIG_DIR"] = request.Configuration,
                ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
                // Fleet has the budget of retries; the program alone would try a refused key ten times.
                ["CLAUDE_CODE_MAX_RETRIES"] = "2",
                ["DISABLE_AUTOUPDATER"] = "1",
                ["DISABLE_ERROR_REPORTING"] = "1",
                ["DISABLE_TELEMETRY"] = "1",
                // Tools of an MCP server are offered at once, not behind a search.
                ["ENABLE_TOOL_SEARCH"] = "false",
            }
        );
}
