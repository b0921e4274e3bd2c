using Fleet.Rules.Settings;

namespace Fleet.Settings;

/// <summary>How settings call what coders print.</summary>
internal static class CoderOutputs
{
    private static readonly (string Word, CoderOutput Output)[] Table =
    [
        ("lines", CoderOutput.Lines),
        ("claude-stream-json", CoderOutput.ClaudeStreamJson),
        ("codex-json", CoderOutput.CodexJson),
        ("gemini-stream-json", CoderOutput.GeminiStreamJson),
        ("opencode-json", CoderOutput.OpencodeJson),
        ("agy-stream-json", CoderOutput.AgyStreamJson),
        ("acp", CoderOutput.Acp),
    ];

    public static IEnumerable<string> Words => Table.Select(row => row.Word);

    public static CoderOutput Of(string? word) =>
        word is null ? CoderOutput.Lines : Table.First(row => row.Word == word).Output;

    public static string Word(CoderOutput output) => Table.First(row => row.Output == output).Word;
}
