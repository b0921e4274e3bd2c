using System.Text.Json;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Codex;

/// <summary>
/// The output of <c>codex exec --json</c>: nothing can be said to it, limits come without their reset, and a tool call
/// that was not allowed leaves no trace.
/// </summary>
internal sealed class CodexExecSession(CoderRequest request) : ReadSession
{
    private Usage counted = request.Before;
    private string lastWords = "";

    protected override CoderStep Take(JsonElement line) =>
        line.Text("type"u8) switch
        {
            "thread.started" => Step(SessionStarted(line.Text("thread_id"u8))),
            "turn.started" => TurnStarted(),
            "item.started" => Step(CodexExecItems.Started(line.Field("item"u8))),
            "item.completed" => ItemCompleted(CodexExecItems.Completed(line.Field("item"u8))),
            "error" => Step(Retry(line.Text("message"u8) ?? "")),
            "turn.completed" => TurnCompleted(line.Field("usage"u8)),
            "turn.failed" => CoderStep.Saw(new CoderEvent.TurnEnded(CodexErrors.Failed(line.Field("error"u8)))),
            _ => CoderStep.Nothing,
        };

    private CoderEvent.SessionStarted? SessionStarted(string? thread) =>
        thread is null ? null : new CoderEvent.SessionStarted(thread, request.Model);

    private CoderStep TurnStarted()
    {
        lastWords = "";
        return CoderStep.Saw(new CoderEvent.TurnStarted());
    }

    private CoderStep TurnCompleted(JsonElement usage)
    {
        var ended = new CoderEvent.TurnEnded(new TurnEnd.Done(lastWords));
        return usage.ValueKind is JsonValueKind.Object
            ? CoderStep.Saw(new CoderEvent.UsageSeen(Growth(usage), IsExact: true), ended)
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

    private CoderStep ItemCompleted(CoderEvent? seen)
    {
        lastWords = seen is CoderEvent.Text said ? said.Words : lastWords;
        return Step(seen);
    }

    /// <summary>An error that ends the turn is told again, by the end of the turn.</summary>
    private static CoderEvent.RetrySeen? Retry(string message) =>
        CodexRetries.Attempt(message) is { } attempt
            ? new CoderEvent.RetrySeen(attempt, Delay: null, ErrorText.ClassOf(message))
            : null;
}
