using System.Text.Json;

namespace Fleet.Coders.Codex;

/// <summary>What the items of app-server mean: what it says, and what its tools do.</summary>
internal static class CodexItems
{
    public const string Command = "commandExecution";
    public const string FileChange = "fileChange";

    public static CoderEvent? Started(JsonElement item) =>
        Tool(item) is { } tool && item.Text("id"u8) is { } id
            ? new CoderEvent.ToolStarted(id, tool, Input(item))
            : null;

    public static CoderEvent? Completed(JsonElement item) =>
        item.Text("type"u8) switch
        {
            "agentMessage" => item.Text("text"u8) is { Length: > 0 } text ? new CoderEvent.Text(text) : null,
            "contextCompaction" => new CoderEvent.Notice("codex shortened its context"),
            _ => Tool(item) is { } tool && item.Text("id"u8) is { } id ? Finished(id, tool, item) : null,
        };

    private static CoderEvent Finished(string id, string tool, JsonElement item) =>
        item.Text("status"u8) switch
        {
            "declined" => new CoderEvent.ToolDenied(id, tool, "It was not allowed."),
            "completed" => new CoderEvent.ToolFinished(id, item.Whole("exitCode"u8) is not (null or 0), Output(item)),
            _ => new CoderEvent.ToolFinished(id, Failed: true, Output(item)),
        };

    private static string? Tool(JsonElement item) =>
        item.Text("type"u8) switch
        {
            Command => Command,
            FileChange => FileChange,
            "mcpToolCall" => $"{item.Text("server"u8)}.{item.Text("tool"u8)}",
            "dynamicToolCall" or "collabAgentToolCall" => item.Text("tool"u8),
            "webSearch" => "webSearch",
            _ => null,
        };

    public static string Input(JsonElement item) =>
        item.Text("command"u8) is { } command ? ShellScript.Of(command)
        : item.Field("changes"u8) is { ValueKind: JsonValueKind.Array } changes ? changes.Raw()
        : item.Field("arguments"u8) is { ValueKind: JsonValueKind.Object } arguments ? arguments.Raw()
        : item.Text("query"u8) ?? item.Text("prompt"u8) ?? "";

    private static string Output(JsonElement item) =>
        item.Text("aggregatedOutput"u8)
        ?? item.Field("error"u8).Text("message"u8)
        ?? Words(item.Field("contentItems"u8))
        ?? Words(item.Field("result"u8).Field("content"u8))
        ?? "";

    public static string? Words(JsonElement content)
    {
        var texts = content.Items().Select(part => part.Text("text"u8)).OfType<string>().ToList();
        return texts.Count == 0 ? null : string.Join('\n', texts);
    }
}
