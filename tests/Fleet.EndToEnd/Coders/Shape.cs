using System.Text.Json;
using Fleet.ModelStub.Apis;

namespace Fleet.EndToEnd.Coders;

/// <summary>A stream in few words: the kind of each line, and what of it decides.</summary>
internal static class Shape
{
    public static string OfClaude(RealRun run) => Joined(run.Lines.Select(Claude));

    public static string OfCodex(RealRun run) => Joined(run.Lines.Select(Codex));

    /// <summary>Pieces of one message are one.</summary>
    public static string OfGemini(RealRun run)
    {
        var kinds = run.Lines.Select(Gemini).ToList();
        return Joined(
            kinds.Where((kind, index) => index == 0 || kind != kinds[index - 1] || kind != "message:assistant")
        );
    }

    public static string OfOpencode(RealRun run) => Joined(run.Lines.Select(Opencode));

    private static string Claude(JsonElement line) =>
        line.Text("type") switch
        {
            "system" => $"system:{line.Text("subtype")}{Why(line)}",
            "result" => $"result:{line.Text("terminal_reason")}{(line.IsTrue("is_error") ? "!" : "")}",
            "rate_limit_event" => $"rate_limit:{line.Member("rate_limit_info")?.Text("status")}",
            var type => $"{type}:{string.Join('+', Blocks(line))}{Why(line)}",
        };

    private static IEnumerable<string?> Blocks(JsonElement line) =>
        line.Member("message")?.Items("content").Select(block => block.Text("type")) ?? [];

    private static string Why(JsonElement line) => line.Text("error") is { } error ? $"({error})" : "";

    private static string Codex(JsonElement line) =>
        line.Member("item") is { } item ? $"{line.Text("type")}:{item.Text("type")}" : line.Text("type")!;

    private static string Gemini(JsonElement line) =>
        line.Text("type") switch
        {
            "message" => $"message:{line.Text("role")}",
            "tool_use" => $"tool_use:{line.Text("tool_name")}",
            "tool_result" or "result" => $"{line.Text("type")}:{line.Text("status")}",
            var type => type!,
        };

    private static string Opencode(JsonElement line) =>
        (line.Text("type"), line.Member("part")) switch
        {
            ("tool_use", { } part) => $"tool_use:{part.Text("tool")}:{part.Member("state")?.Text("status")}",
            ("step_finish", { } part) => $"step_finish:{part.Text("reason")}",
            ("error", _) => $"error:{line.Member("error")?.Text("name")}",
            var (type, _) => type!,
        };

    private static string Joined(IEnumerable<string> kinds) => string.Join(' ', kinds);
}
