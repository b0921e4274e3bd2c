using System.Text.Json;

namespace Fleet.Coders.Claude;

/// <summary>The requests that Claude Code waits for, and the answers to them.</summary>
internal sealed class ClaudeApprovals
{
    private readonly Dictionary<string, Asked> open = new(StringComparer.Ordinal);

    private sealed record Asked(string? Call, string Input);

    /// <summary>A tool call waits for a yes or no; any other request is refused, or it would wait for ever.</summary>
    public CoderStep Take(JsonElement line)
    {
        var request = line.Field("request"u8);
        if (line.Text("request_id"u8) is not { } id)
        {
            return CoderStep.Nothing;
        }

        if (!request.Is("subtype"u8, "can_use_tool"u8))
        {
            return CoderStep.Write(Refusal(id, request.Text("subtype"u8)));
        }

        var input = request.Field("input"u8).Raw();
        open[id] = new Asked(request.Text("tool_use_id"u8), input.Length == 0 ? "{}" : input);
        return CoderStep.Saw(new CoderEvent.ApprovalAsked(id, request.Text("tool_name"u8) ?? "", open[id].Input));
    }

    /// <summary>It no longer waits for this one.</summary>
    public void Forget(string? request) => _ = request is not null && open.Remove(request);

    /// <summary>A tool call that has its result was answered, by whomever.</summary>
    public void Settle(string call)
    {
        foreach (var (request, _) in open.Where(one => one.Value.Call == call).ToList())
        {
            open.Remove(request);
        }
    }

    public CoderStep Answer(string request, bool allowed, string why) =>
        open.Remove(request, out var asked)
            ? CoderStep.Write(allowed ? Permission(request, asked.Input) : Denial(request, why))
            : CoderStep.Nothing;

    private static string Permission(string request, string input) =>
        Response(
            request,
            json =>
            {
                json.WriteString("behavior", "allow");
                json.WritePropertyName("updatedInput");
                json.WriteRawValue(input, skipInputValidation: true);
            }
        );

    private static string Denial(string request, string why) =>
        Response(
            request,
            json =>
            {
                json.WriteString("behavior", "deny");
                json.WriteString("message", why);
            }
        );

    private static string Response(string request, Action<Utf8JsonWriter> members) =>
        JsonLine.Write(json =>
        {
            json.WriteString("type", "control_response");
            json.WriteStartObject("response");
            json.WriteString("subtype", "success");
            json.WriteString("request_id", request);
            json.WriteStartObject("response");
            members(json);
            json.WriteEndObject();
            json.WriteEndObject();
        });

    private static string Refusal(string request, string? what) =>
        JsonLine.Write(json =>
        {
            json.WriteString("type", "control_response");
            json.WriteStartObject("response");
            json.WriteString("subtype", "error");
            json.WriteString("request_id", request);
            json.WriteString("error", $"Fleet does not answer {what ?? "this"}");
            json.WriteEndObject();
        });
}
