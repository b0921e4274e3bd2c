using System.Text.Json;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Opencode;

/// <summary>
/// The output of <c>opencode run --format json</c>. It has no event for the end of a turn: the last step says that the
/// model stopped. Its retries are invisible and without end.
/// </summary>
internal sealed class OpencodeRunSession(CoderRequest request) : ReadSession
{
    /// <summary>It ends a step so and begins the next.</summary>
    private static readonly string[] GoesOn = ["tool-calls", "unknown"];

    private string? session;
    private bool isInTurn;
    private string lastWords = "";

    protected override CoderStep Take(JsonElement line)
    {
        if (line.Text("sessionID"u8) is not { } id)
        {
            return CoderStep.Nothing;
        }

        if (session is null && Of(line) is { Events.Length: > 0 } first)
        {
            session = id;
            return first with { Events = [new CoderEvent.SessionStarted(id, request.Model), .. first.Events] };
        }

        // Another session is an agent that opencode started itself.
        return session == id ? Of(line) : CoderStep.Nothing;
    }

    private CoderStep Of(JsonElement line)
    {
        var part = line.Field("part"u8);
        return line.Text("type"u8) switch
        {
            "step_start" => StepStarted(),
            "text" => Said(part.Text("text"u8)),
            "tool_use" => Tool(part),
            "step_finish" => StepFinished(part),
            "error" => Failed(line.Field("error"u8)),
            _ => CoderStep.Nothing,
        };
    }

    private CoderStep StepStarted()
    {
        if (isInTurn)
        {
            return CoderStep.Nothing;
        }

        isInTurn = true;
        lastWords = "";
        return CoderStep.Saw(new CoderEvent.TurnStarted());
    }

    private CoderStep Said(string? words)
    {
        if (string.IsNullOrEmpty(words))
        {
            return CoderStep.Nothing;
        }

        lastWords = words;
        return CoderStep.Saw(new CoderEvent.Text(words));
    }

    /// <summary>A tool is told of once, when it has ended.</summary>
    private static CoderStep Tool(JsonElement part)
    {
        var state = part.Field("state"u8);
        if (part.Text("callID"u8) is not { } id)
        {
            return CoderStep.Nothing;
        }

        var tool = part.Text("tool"u8) ?? "";
        var started = new CoderEvent.ToolStarted(id, tool, state.Field("input"u8).Raw());
        return CoderStep.Saw(started, Ended(id, tool, state));
    }

    private static CoderEvent Ended(string id, string tool, JsonElement state)
    {
        var error = state.Text("error"u8);
        return error is not null && IsDenial(error)
            ? new CoderEvent.ToolDenied(id, tool, error)
            : new CoderEvent.ToolFinished(
                id,
                state.Text("status"u8) != "completed" || state.Field("metadata"u8).Whole("exit"u8) is not (null or 0),
                error ?? state.Text("output"u8) ?? ""
            );
    }

    private static bool IsDenial(string error) =>
        error.Contains("a rule which prevents you", StringComparison.Ordinal)
        || error.Contains("rejected permission", StringComparison.Ordinal);

    private CoderStep StepFinished(JsonElement step)
    {
        var usage = new CoderEvent.UsageSeen(Spent(step), IsExact: true);
        var reason = step.Text("reason"u8);
        if (reason is null || GoesOn.Contains(reason) || !isInTurn)
        {
            return CoderStep.Saw(usage);
        }

        isInTurn = false;
        return CoderStep.Saw(
            usage,
            new CoderEvent.TurnEnded(
                reason == "stop"
                    ? new TurnEnd.Done(lastWords)
                    : new TurnEnd.Failed(ErrorClass.Unknown, $"the model stopped: {reason}")
            )
        );
    }

    private static Usage Spent(JsonElement step)
    {
        var tokens = step.Field("tokens"u8);
        var cache = tokens.Field("cache"u8);
        var usage = new Usage(
            tokens.Whole("input"u8),
            cache.Whole("read"u8),
            cache.Whole("write"u8),
            tokens.Whole("output"u8),
            tokens.Whole("reasoning"u8),
            step.Amount("cost"u8)
        );
        return WholeOutput.Of(usage, tokens.Whole("total"u8));
    }

    /// <summary>It tells of some errors twice, and of others before any step.</summary>
    private CoderStep Failed(JsonElement error)
    {
        if (session is not null && !isInTurn)
        {
            return CoderStep.Nothing;
        }

        isInTurn = false;
        return CoderStep.Saw(new CoderEvent.TurnEnded(OpencodeErrors.End(error)));
    }
}
