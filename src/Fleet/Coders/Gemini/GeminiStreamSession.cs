using System.Text;
using System.Text.Json;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Gemini;

/// <summary>
/// The output of <c>gemini -o stream-json</c>. Its retries are invisible, and after a signal it exits with 0 and
/// without a result.
/// </summary>
internal sealed class GeminiStreamSession : ICoderSession
{
    private readonly Dictionary<string, string> tools = new(StringComparer.Ordinal);
    private readonly StringBuilder lastWords = new();

    public CoderStep Begin() => CoderStep.Nothing;

    public CoderStep Answer(string asked, bool allowed, string why) => CoderStep.Nothing;

    public CoderStep? Say(string words) => null;

    public CoderStep? Interrupt() => null;

    public CoderStep Take(ReadOnlySpan<byte> line)
    {
        using var document = JsonLine.Parse(line);
        return document is null ? CoderStep.Nothing : Of(document.RootElement);
    }

    private CoderStep Of(JsonElement line) =>
        line.Text("type") switch
        {
            "init" => line.Text("session_id") is { } session
                ? CoderStep.Saw(
                    new CoderEvent.SessionStarted(session, line.Text("model")),
                    new CoderEvent.TurnStarted()
                )
                : CoderStep.Nothing,
            "message" when line.Text("role") == "assistant" => Said(line.Text("content")),
            "tool_use" => ToolStarted(line),
            "tool_result" => ToolEnded(line),
            "error" => line.Text("message") is { } message
                ? CoderStep.Saw(new CoderEvent.Notice(message))
                : CoderStep.Nothing,
            "result" => Result(line),
            _ => CoderStep.Nothing,
        };

    private CoderStep Said(string? words)
    {
        lastWords.Append(words);
        return string.IsNullOrEmpty(words) ? CoderStep.Nothing : CoderStep.Saw(new CoderEvent.Text(words));
    }

    private CoderStep ToolStarted(JsonElement line)
    {
        lastWords.Clear();
        if (line.Text("tool_id") is not { } id || line.Text("tool_name") is not { } tool)
        {
            return CoderStep.Nothing;
        }

        tools[id] = tool;
        return CoderStep.Saw(new CoderEvent.ToolStarted(id, tool, line.Member("parameters")?.GetRawText() ?? ""));
    }

    private CoderStep ToolEnded(JsonElement line)
    {
        if (line.Text("tool_id") is not { } id)
        {
            return CoderStep.Nothing;
        }

        tools.Remove(id, out var tool);
        var error = line.Member("error");
        var output = line.Text("output") ?? error.Text("message") ?? "";
        return CoderStep.Saw(
            error.Text("type") == "policy_violation"
                ? new CoderEvent.ToolDenied(id, tool ?? "", output)
                : new CoderEvent.ToolFinished(id, line.Text("status") != "success", output)
        );
    }

    private CoderStep Result(JsonElement line)
    {
        TurnEnd? end = line.Text("status") switch
        {
            "success" => new TurnEnd.Done(lastWords.ToString()),
            "error" => Failed(line.Member("error").Text("message") ?? "gemini gave no reason"),
            _ => null,
        };
        return end is null ? CoderStep.Nothing
            : line.Member("stats") is { } stats
                ? CoderStep.Saw(new CoderEvent.UsageSeen(Tokens(stats), IsExact: true), new CoderEvent.TurnEnded(end))
            : CoderStep.Saw(new CoderEvent.TurnEnded(end));
    }

    private static TurnEnd.Failed Failed(string message) => new(ErrorText.ClassOf(message), message);

    /// <summary>Of this run alone. Reasoning is in the total only.</summary>
    private static Usage Tokens(JsonElement stats)
    {
        var sent = stats.Number("input_tokens");
        var output = stats.Number("output_tokens");
        var reasoning = stats.Number("total_tokens") - sent - output;
        return new Usage(stats.Number("input"), stats.Number("cached"), CacheWrite: null, output + reasoning, reasoning);
    }
}
