using System.Text.Json;

namespace Fleet.Coders.Codex;

/// <summary>The tool calls that wait for a decision.</summary>
internal sealed class CodexApprovals
{
    public const string OfCommand = "item/commandExecution/requestApproval";
    public const string OfFileChange = "item/fileChange/requestApproval";

    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    /// <summary>What each tool was given: the request for a file change names only its item.</summary>
    private readonly Dictionary<string, string> inputs = new(StringComparer.Ordinal);

    public CoderEvent? Started(JsonElement item)
    {
        var started = CodexItems.Started(item);
        if (started is CoderEvent.ToolStarted { Tool: CodexItems.FileChange } tool)
        {
            inputs[tool.Id] = tool.Input;
        }

        return started;
    }

    /// <summary>Null for a request that is no question about a tool call.</summary>
    public CoderEvent? Open(string request, string? method, JsonElement parameters)
    {
        var asked = method switch
        {
            OfCommand => new CoderEvent.ApprovalAsked(request, CodexItems.Command, CodexItems.Input(parameters)),
            OfFileChange => new CoderEvent.ApprovalAsked(
                request,
                CodexItems.FileChange,
                inputs.GetValueOrDefault(parameters.Text("itemId"u8) ?? "", "")
            ),
            _ => null,
        };
        if (asked is not null)
        {
            open.Add(request);
        }

        return asked;
    }

    /// <summary>False where nothing waited under that name.</summary>
    public bool Close(string request) => open.Remove(request);

    public void CloseAll()
    {
        open.Clear();
        inputs.Clear();
    }
}
