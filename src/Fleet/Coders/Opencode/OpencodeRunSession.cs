using System.Text.Json;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Opencode;

/// <summary>
/// The output of <c>opencode run --format json</c>. It has no event for the end of a turn: the last step says that the
/// model stopped. Its retries are invisible and without end.
/// </summary>
internal sealed class OpencodeRunSession(CoderRequest request) : ICoderSession
{
    /// <summary>It ends a step so and begins the next.</summary>
    private static readonly string[] GoesOn = ["tool-calls", "unknown"];

    private string? session;
    private bool isInTurn;
    private string lastWords = "";

    public CoderStep Begin() => CoderStep.Nothing;

    public CoderStep Answer(string asked, bool allowed, string why) => CoderStep.Nothing;

    public CoderStep? Say(string words) => null;

    public CoderStep? Interrupt() => null;

    public CoderStep Take(ReadOnlySpan<byte> line)
    {
        using var document = JsonLine.Parse(line);
        if (document is null || document.RootElement.Text("sessionID") is not { } id)
        {
            return CoderStep.Nothing;
        }

        if (session is null && Of(document.RootElement) is { Events.Length: > 0 } first)
        {
            session = id;
            return first with { Events = [new CoderEvent.SessionStarted(id, request.Model), .. first.Events] };
        }

        // Another session is an agent that opencode started itself.
        return session == id ? Of(document.RootElement) : CoderStep.Nothing;
    }

    private CoderStep Of(JsonElement line)
    {
        var part = line.Member("part");
        return line.Text("type") switch
        {
            "step_start" => StepStarted(),
            "text" => Said(part.Text("text")),
            "tool_use" => part is { } tool ? Tool(tool) : CoderStep.Nothing,
            "step_finish" => part is { } step ? StepFinished(step) : CoderStep.Nothing,
            "error" => Failed(line.Member("error")),
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
        if (part.Text("callID") is not { } id || part.Member("state") is not { } state)
        {
            return CoderStep.Nothing;
        }

        var tool = part.Text("tool") ?? "";
        var started = new CoderEvent.ToolStarted(id, tool, state.Member("input")?.GetRawText() ?? "");
        return CoderStep.Saw(started, Ended(id, tool, state));
    }

    private static CoderEvent Ended(string id, string tool, JsonElement state)
    {
        var error = state.Text("error");
        return error is not null && IsDenial(error)
            ? new CoderEvent.ToolDenied(id, tool, error)
            : new CoderEvent.ToolFinished(
                id,
                state.Text("status") != "completed" || state.Member("metadata")?.Number("exit") is not (null or 0),
                error ?? state.Text("output") ?? ""
            );
    }

    private static bool IsDenial(string error) =>
        error.Contains("a rule which prevents you", StringComparison.Ordinal)
        || error.Contains("rejected permission", StringComparison.Ordinal);

    private CoderStep StepFinished(JsonElement step)
    {
        var usage = new CoderEvent.UsageSeen(Spent(step), IsExact: true);
        var reason = step.Text("reason");
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
        var tokens = step.Member("tokens");
        var cache = tokens.Member("cache");
        var usage = new Usage(
            tokens.Number("input"),
            cache.Number("read"),
            cache.Number("write"),
            tokens.Number("output"),
            tokens.Number("reasoning"),
            step.Money("cost")
        );
        return WholeOutput.Of(usage, tokens.Number("total"));
    }

    /// <summary>It tells of some errors twice, and of others before any step.</summary>
    private CoderStep Failed(JsonElement? error)
    {
        if (session is not null && !isInTurn)
        {
            return CoderStep.Nothing;
        }

        isInTurn = false;
        return CoderStep.Saw(new CoderEvent.TurnEnded(OpencodeErrors.End(error)));
    }
}
