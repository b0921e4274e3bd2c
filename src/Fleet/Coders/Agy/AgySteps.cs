using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Fleet.Coders.Agy;

/// <summary>The steps of a conversation: each comes several times, as it goes on.</summary>
internal sealed class AgySteps
{
    private readonly HashSet<string> started = new(StringComparer.Ordinal);
    private readonly HashSet<string> ended = new(StringComparer.Ordinal);

    public bool AnyDenied { get; private set; }

    public void Take(JsonElement step, ImmutableArray<CoderEvent>.Builder seen)
    {
        var id = step.Whole("step_index"u8)?.ToString(CultureInfo.InvariantCulture);
        if (step.Is("step_type"u8, "agent_response"u8) && step.Text("text_delta"u8) is { Length: > 0 } words)
        {
            seen.Add(new CoderEvent.Text(words, IsPiece: true));
        }
        else if (id is not null && (step.Is("step_type"u8, "tool"u8) || step.Is("step_type"u8, "subagent"u8)))
        {
            Tool(id, step, seen);
        }
    }

    /// <summary>A denied action fails nothing: it is only listed at the end.</summary>
    public void Denied(JsonElement result, ImmutableArray<CoderEvent>.Builder seen)
    {
        foreach (var action in result.Field("denied_actions"u8).Items())
        {
            AnyDenied = true;
            var tool = action.Text() ?? action.Text("tool_name"u8) ?? action.Text("name"u8) ?? "";
            seen.Add(new CoderEvent.ToolDenied("", tool, action.Text("reason"u8) ?? action.Raw()));
        }
    }

    private void Tool(string id, JsonElement step, ImmutableArray<CoderEvent>.Builder seen)
    {
        var info = step.Field("tool_info"u8);
        if (started.Add(id))
        {
            var name = step.Text("tool_name"u8) ?? info.Text("name"u8) ?? step.Text("step_type"u8) ?? "";
            seen.Add(new CoderEvent.ToolStarted(id, name, info.Field("parameters"u8).Raw()));
        }

        var failed = step.Is("state"u8, "ERROR"u8);
        if ((failed || step.Is("state"u8, "DONE"u8)) && ended.Add(id))
        {
            var output = (failed ? Words(info.Field("error"u8)) : null) ?? Words(info.Field("output"u8)) ?? "";
            seen.Add(new CoderEvent.ToolFinished(id, failed, output));
        }
    }

    private static string? Words(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : value.Text() ?? value.Raw();
}
