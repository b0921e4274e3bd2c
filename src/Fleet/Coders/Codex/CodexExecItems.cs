using System.Text.Json;

namespace Fleet.Coders.Codex;

/// <summary>What the items of <c>codex exec --json</c> mean.</summary>
internal static class CodexExecItems
{
    public static CoderEvent? Started(JsonElement item) =>
        Tool(item) is { } tool && item.Text("id") is { } id
            ? new CoderEvent.ToolStarted(id, tool, CodexItems.Input(item))
            : null;

    public static CoderEvent? Completed(JsonElement item) =>
        item.Text("type") switch
        {
            "agent_message" => item.Text("text") is { Length: > 0 } text ? new CoderEvent.Text(text) : null,
            // Codex calls its warnings errors; a failure ends the turn instead.
            "error" => item.Text("message") is { } message ? new CoderEvent.Notice(message) : null,
            _ => Tool(item) is not null && item.Text("id") is { } id ? Finished(id, item) : null,
        };

    private static CoderEvent.ToolFinished Finished(string id, JsonElement item) =>
        new(
            id,
            item.Text("status") != "completed" || item.Number("exit_code") is not (null or 0),
            item.Text("aggregated_output") ?? item.Member("error").Text("message") ?? Result(item) ?? ""
        );

    private static string? Tool(JsonElement item) =>
        item.Text("type") switch
        {
            "command_execution" => CodexItems.Command,
            "file_change" => CodexItems.FileChange,
            "mcp_tool_call" => $"{item.Text("server")}.{item.Text("tool")}",
            "web_search" => "webSearch",
            _ => null,
        };

    private static string? Result(JsonElement item) =>
        item.Member("result") is { } result ? CodexItems.Words(result.Items("content")) : null;
}
