using System.Text.Json;

namespace Fleet.Coders.Acp;

/// <summary>
/// The tool calls of a turn. Agents tell of a call in pieces, first often without what it was given: it is reported
/// when more comes, at the latest when it waits for a permission or ends.
/// </summary>
internal sealed class AcpTools
{
    private readonly Dictionary<string, Call> calls = new(StringComparer.Ordinal);

    public void Clear() => calls.Clear();

    public bool Knows(JsonElement update) => update.Text("toolCallId"u8) is { } id && calls.ContainsKey(id);

    public IEnumerable<CoderEvent> Updated(JsonElement update)
    {
        if (update.Text("toolCallId"u8) is not { } id)
        {
            return [];
        }

        var isKnown = calls.ContainsKey(id);
        var call = Merge(id, update);
        return update.Text("status"u8) switch
        {
            "completed" => [.. Told(call), .. Finished(call, failed: false, update)],
            "failed" => [.. Told(call), .. Finished(call, failed: true, update)],
            "in_progress" => Told(call),
            _ => isKnown ? Told(call) : [],
        };
    }

    public IEnumerable<CoderEvent> Asked(string request, string id, JsonElement toolCall)
    {
        var call = Merge(id, toolCall);
        return [.. Told(call), new CoderEvent.ApprovalAsked(request, call.Tool, call.Input)];
    }

    /// <summary>Agents may tell nothing more of a call that Fleet refused: the refusal is its end.</summary>
    public CoderEvent Denied(string id, string why)
    {
        var call = calls.TryGetValue(id, out var known) ? known : new Call(id);
        call.HasEnded = true;
        return new CoderEvent.ToolDenied(id, call.Tool, why);
    }

    private Call Merge(string id, JsonElement update)
    {
        if (!calls.TryGetValue(id, out var call))
        {
            calls[id] = call = new Call(id);
        }

        call.Tool = Name(update) ?? call.Tool;
        call.Input = AcpToolInput.Of(update) ?? call.Input;
        return call;
    }

    private static IEnumerable<CoderEvent> Told(Call call)
    {
        if (call.IsTold)
        {
            return [];
        }

        call.IsTold = true;
        return [new CoderEvent.ToolStarted(call.Id, call.Tool, call.Input)];
    }

    private static IEnumerable<CoderEvent> Finished(Call call, bool failed, JsonElement update)
    {
        if (call.HasEnded)
        {
            return [];
        }

        call.HasEnded = true;
        var output = Output(update);
        return
        [
            update.Field("_meta"u8).Field("claudeCode"u8).Text("nonExecutionKind"u8) == "permission-rule"
                ? new CoderEvent.ToolDenied(call.Id, call.Tool, output)
                : new CoderEvent.ToolFinished(call.Id, failed, output),
        ];
    }

    /// <summary>The tool's own name where the agent gives one; else what kind of tool it is.</summary>
    private static string? Name(JsonElement update) =>
        update.Text("name"u8)
        ?? update.Field("_meta"u8).Field("claudeCode"u8).Text("toolName"u8)
        ?? (update.Text("kind"u8) is { } kind and not "other" ? kind : null);

    private static string Output(JsonElement update)
    {
        var content = update
            .Field("content"u8)
            .Items()
            .Select(part => part.Field("content"u8).Text("text"u8))
            .OfType<string>();
        return string.Join('\n', content) is { Length: > 0 } text ? text : Raw(update.Field("rawOutput"u8));
    }

    private static string Raw(JsonElement output) =>
        output.Text() ?? output.Text("output"u8) ?? output.Text("error"u8) ?? output.Raw();

    private sealed class Call(string id)
    {
        public string Id => id;

        public string Tool { get; set; } = "other";

        public string Input { get; set; } = "";

        public bool IsTold { get; set; }

        public bool HasEnded { get; set; }
    }
}
