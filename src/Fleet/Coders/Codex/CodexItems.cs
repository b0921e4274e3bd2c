using System.Text.Json;

namespace Fleet.Coders.Codex;

/// <summary>What the items of app-server mean: what it says, and what its tools do.</summary>
internal static class CodexItems
{
    public const string Command = "commandExecution";
    public const string FileChange = "fileChange";

    public static CoderEvent? Started(JsonElement item) =>
        Tool(item) is { } tool && item.Text("id") is { } id
            ? new CoderEvent.ToolStarted(id, tool, Input(item))
            : null;

    public static CoderEvent? Completed(JsonElement item) =>
        item.Text("type") switch
        {
            "agentMessage" => item.Text("text") is { Length: > 0 } text ? new CoderEvent.Text(text) : null,
            "contextCompaction" => new CoderEvent.Notice("codex shortened its context"),
            _ => Tool(item) is { } tool && item.Text("id") is { } id ? Finished(id, tool, item) : null,
        };

    private static CoderEvent Finished(string id, string tool, JsonElement item) =>
        item.Text("status") switch
        {
            "declined" => new CoderEvent.ToolDenied(id, tool, "It was not allowed."),
            "completed" => new CoderEvent.ToolFinished(id, item.Number("exitCode") is not (null or 0), Output(item)),
            _ => new CoderEvent.ToolFinished(id, Failed: true, Output(item)),
        };

    private static string? Tool(JsonElement item) =>
        item.Text("type") switch
        {
            Command => Command,
            FileChange => FileChange,
            "mcpToolCall" => $"{item.Text("server")}.{item.Text("tool")}",
            "dynamicToolCall" or "collabAgentToolCall" => item.Text("tool"),
            "webSearch" => "webSearch",
            _ => null,
        };

    public static string Input(JsonElement item) =>
        item.Text("command") is { } command ? ShellScript.Of(command)
        : (item.Member("changes") ?? item.Member("arguments")) is { } json ? json.GetRawText()
        : item.Text("query") ?? item.Text("prompt") ?? "";

    private static string Output(JsonElement item) =>
        item.Text("aggregatedOutput")
        ?? item.Member("error").Text("message")
        ?? Words(item.Items("contentItems"))
        ?? Words(item.Member("result") is { } result ? result.Items("content") : [])
        ?? "";

    public static string? Words(IEnumerable<JsonElement> content)
    {
        var texts = content.Select(part => part.Text("text")).OfType<string>().ToList();
        return texts.Count == 0 ? null : string.Join('\n', texts);
    }
}
