using System.Text.Json;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Codex;

/// <summary>
/// The output of <c>codex exec --json</c>: nothing can be said to it, limits come without their reset, and a tool call
/// that was not allowed leaves no trace.
/// </summary>
internal sealed class CodexExecSession(CoderRequest request) : ICoderSession
{
    private Usage counted = request.Before;
    private string lastWords = "";

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
            "thread.started" => line.Text("thread_id") is { } thread
                ? CoderStep.Saw(new CoderEvent.SessionStarted(thread, request.Model))
                : CoderStep.Nothing,
            "turn.started" => TurnStarted(),
            "item.started" => Seen(line.Member("item") is { } item ? CodexExecItems.Started(item) : null),
            "item.completed" => Seen(line.Member("item") is { } item ? CodexExecItems.Completed(item) : null),
            "error" => Seen(line.Text("message") is { } message ? Retry(message) : null),
            "turn.completed" => TurnCompleted(line.Member("usage")),
            "turn.failed" => CoderStep.Saw(new CoderEvent.TurnEnded(CodexErrors.Failed(line.Member("error")))),
            _ => CoderStep.Nothing,
        };

    private CoderStep TurnStarted()
    {
        lastWords = "";
        return CoderStep.Saw(new CoderEvent.TurnStarted());
    }

    private CoderStep TurnCompleted(JsonElement? usage)
    {
        var ended = new CoderEvent.TurnEnded(new TurnEnd.Done(lastWords));
        return usage is { } total ? CoderStep.Saw(new CoderEvent.UsageSeen(Growth(total), IsExact: true), ended)
            : CoderStep.Saw(ended);
    }

    /// <summary>Codex tells the total of the thread, earlier runs of it included.</summary>
    private Usage Growth(JsonElement usage)
    {
        var total = CodexTokens.OfExec(usage);
        var delta = total.Since(counted);
        counted = total;
        return delta;
    }

    private CoderStep Seen(CoderEvent? seen)
    {
        lastWords = seen is CoderEvent.Text said ? said.Words : lastWords;
        return seen is null ? CoderStep.Nothing : CoderStep.Saw(seen);
    }

    /// <summary>An error that ends the turn is told again, by the end of the turn.</summary>
    private static CoderEvent.RetrySeen? Retry(string message) =>
        CodexRetries.Attempt(message) is { } attempt
            ? new CoderEvent.RetrySeen(attempt, Delay: null, ErrorText.ClassOf(message))
            : null;
}
