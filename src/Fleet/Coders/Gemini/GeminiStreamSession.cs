using System.Text;
using System.Text.Json;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Gemini;

/// <summary>
/// The output of <c>gemini -o stream-json</c>. Its retries are invisible, and after a signal it exits with 0 and
/// without a result.
/// </summary>
internal sealed class GeminiStreamSession : ReadSession
{
    private readonly Dictionary<string, string> tools = new(StringComparer.Ordinal);
    private readonly StringBuilder lastWords = new();

    protected override CoderStep Take(JsonElement line) =>
        line.Text("type"u8) switch
        {
            "init" => line.Text("session_id"u8) is { } session
                ? CoderStep.Saw(
                    new CoderEvent.SessionStarted(session, line.Text("model"u8)),
                    new CoderEvent.TurnStarted()
                )
                : CoderStep.Nothing,
            "message" when line.Text("role"u8) == "assistant" => Said(line.Text("content"u8)),
            "tool_use" => ToolStarted(line),
            "tool_result" => ToolEnded(line),
            "error" => line.Text("message"u8) is { } message
                ? CoderStep.Saw(new CoderEvent.Notice(message))
                : CoderStep.Nothing,
            "result" => Result(line),
            _ => CoderStep.Nothing,
        };

    private CoderStep Said(string? words)
    {
        lastWords.Append(words);
        return string.IsNullOrEmpty(words)
            ? CoderStep.Nothing
            : CoderStep.Saw(new CoderEvent.Text(words, IsPiece: true));
    }

    private CoderStep ToolStarted(JsonElement line)
    {
        lastWords.Clear();
        if (line.Text("tool_id"u8) is not { } id || line.Text("tool_name"u8) is not { } tool)
        {
            return CoderStep.Nothing;
        }

        tools[id] = tool;
        return CoderStep.Saw(new CoderEvent.ToolStarted(id, tool, line.Field("parameters"u8).Raw()));
    }

    private CoderStep ToolEnded(JsonElement line)
    {
        if (line.Text("tool_id"u8) is not { } id)
        {
            return CoderStep.Nothing;
        }

        tools.Remove(id, out var tool);
        var error = line.Field("error"u8);
        var output = line.Text("output"u8) ?? error.Text("message"u8) ?? "";
        return CoderStep.Saw(
            error.Text("type"u8) == "policy_violation"
                ? new CoderEvent.ToolDenied(id, tool ?? "", output)
                : new CoderEvent.ToolFinished(id, line.Text("status"u8) != "success", output)
        );
    }

    private CoderStep Result(JsonElement line)
    {
        TurnEnd? end = line.Text("status"u8) switch
        {
            "success" => new TurnEnd.Done(lastWords.ToString()),
            "error" => Failed(line.Field("error"u8).Text("message"u8) ?? "gemini gave no reason"),
            _ => null,
        };
        // Where the first request already failed it writes zeros, which is not what was spent.
        var spent = Tokens(line.Field("stats"u8));
        return end is null ? CoderStep.Nothing
            : spent.Tokens > 0
                ? CoderStep.Saw(new CoderEvent.UsageSeen(spent, IsExact: true), new CoderEvent.TurnEnded(end))
            : CoderStep.Saw(new CoderEvent.TurnEnded(end));
    }

    private static TurnEnd.Failed Failed(string message) => new(ErrorText.ClassOf(message), message);

    /// <summary>Of this run alone. Reasoning is in the total only.</summary>
    private static Usage Tokens(JsonElement stats)
    {
        var sent = stats.Whole("input_tokens"u8);
        var output = stats.Whole("output_tokens"u8);
        var reasoning = stats.Whole("total_tokens"u8) - sent - output;
        return new Usage(
            stats.Whole("input"u8),
            stats.Whole("cached"u8),
            CacheWrite: null,
            output + reasoning,
            reasoning
        );
    }
}
