using System.Text.Json;

namespace Fleet.Coders.Codex;

/// <summary>What the items of <c>codex exec --json</c> mean.</summary>
internal static class CodexExecItems
{
    public static CoderEvent? Started(JsonElement item) =>
        Tool(item) is { } tool && item.Text("id"u8) is { } id
            ? new CoderEvent.ToolStarted(id, tool, CodexItems.Input(item))
            : null;

    public static CoderEvent? Completed(JsonElement item) =>
        item.Text("type"u8) switch
        {
            "agent_message" => item.Text("text"u8) is { Length: > 0 } text ? new CoderEvent.Text(text) : null,
            // Codex calls its warnings errors; a failure ends the turn instead.
            "error" => item.Text("message"u8) is { } message ? new CoderEvent.Notice(message) : null,
            _ => Tool(item) is not null && item.Text("id"u8) is { } id ? Finished(id, item) : null,
        };

    private static CoderEvent.ToolFinished Finished(string id, JsonElement item) =>
        new(
            id,
            item.Text("status"u8) != "completed" || item.Whole("exit_code"u8) is not (null or 0),
            item.Text("aggregated_output"u8)
                ?? item.Field("error"u8).Text("message"u8)
                ?? CodexItems.Words(item.Field("result"u8).Field("content"u8))
                ?? ""
        );

    private static string? Tool(JsonElement item) =>
        item.Text("type"u8) switch
        {
            "command_execution" => CodexItems.Command,
            "file_change" => CodexItems.FileChange,
            "mcp_tool_call" => $"{item.Text("server"u8)}.{item.Text("tool"u8)}",
            "web_search" => "webSearch",
            _ => null,
        };
}
