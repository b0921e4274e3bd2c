using System.Text.Json;
using Fleet.Rules.Runs;

namespace Fleet.Coders.Codex;

/// <summary>One conversation with <c>codex app-server</c>.</summary>
internal sealed class CodexSession(CoderRequest request) : ICoderSession
{
    private static readonly string[] Methods =
    [
        "turn/started",
        "turn/completed",
        "item/started",
        "item/completed",
        "thread/tokenUsage/updated",
        "account/rateLimits/updated",
        "error",
        "warning",
        "configWarning",
        "serverRequest/resolved",
        CodexApprovals.OfCommand,
        CodexApprovals.OfFileChange,
    ];

    private readonly CodexAsks asks = new();
    private readonly CodexApprovals approvals = new();
    private readonly CodexSpending spending = new();
    private readonly CodexLimits limits = new();
    private string? thread;
    private string? turn;
    private string lastWords = "";
    private int retries;

    public CoderStep Begin() => CoderStep.Write(CodexLines.Initialize(asks.Next(CodexAsk.Initialize)));

    public CoderStep Take(ReadOnlySpan<byte> line)
    {
        if (!RpcHead.TryRead(line, Methods, out var head) || (head.IsNotification && head.Method is null))
        {
            return CoderStep.Nothing;
        }

        using var document = JsonLine.Parse(line);
        return document is null ? CoderStep.Nothing
            : head.IsAnswer ? Answered(document.RootElement)
            : head.IsRequest ? Asked(head.Method, document.RootElement)
            : Told(head.Method, document.RootElement.Member("params"));
    }

    public CoderStep Answer(string asked, bool allowed, string why) =>
        approvals.Close(asked) ? CoderStep.Write(CodexLines.Decision(asked, allowed)) : CoderStep.Nothing;

    public CoderStep? Say(string words) =>
        (thread, turn) switch
        {
            (null, _) => null,
            (_, null) when asks.IsOpen(CodexAsk.Turn) => null,
            (_, null) => CoderStep.Write(StartTurn(words)),
            _ => CoderStep.Write(CodexLines.Steer(asks.Next(CodexAsk.Steer, words), thread, turn, words)),
        };

    public CoderStep? Interrupt() =>
        thread is null || turn is null
            ? null
            : CoderStep.Write(CodexLines.Interrupt(asks.Next(CodexAsk.Interrupt), thread, turn));

    private CoderStep Answered(JsonElement answer)
    {
        var (ask, words) = asks.Close(answer.Number("id"));
        return answer.Member("error") is { } error
            ? Refused(ask, words, error)
            : ask switch
            {
                CodexAsk.Initialize => CoderStep.Write(CodexLines.Initialized, OpenThread()),
                CodexAsk.Thread => ThreadOpened(answer.Member("result")),
                _ => CoderStep.Nothing,
            };
    }

    private string OpenThread()
    {
        var id = asks.Next(CodexAsk.Thread);
        return request.Resume is { } session
            ? CodexLines.ResumeThread(id, session, request)
            : CodexLines.StartThread(id, request);
    }

    private CoderStep ThreadOpened(JsonElement? result)
    {
        thread = result.Member("thread").Text("id");
        return thread is null
            ? Failed(new TurnEnd.Failed(ErrorClass.Unknown, "codex opened no thread"))
            : new CoderStep(
                [new CoderEvent.SessionStarted(thread, result.Text("model") ?? request.Model)],
                [StartTurn(request.Prompt)]
            );
    }

    private string StartTurn(string words) => CodexLines.StartTurn(asks.Next(CodexAsk.Turn), thread!, words);

    private CoderStep Refused(CodexAsk? ask, string? words, JsonElement error)
    {
        var failed = CodexErrors.Failed(error);
        return ask switch
        {
            CodexAsk.Thread when request.Resume is not null => Failed(failed with { Class = ErrorClass.SessionGone }),
            CodexAsk.Initialize or CodexAsk.Thread or CodexAsk.Turn => Failed(failed),
            // The turn ended while the words were on their way: they begin the next one.
            CodexAsk.Steer when turn is null && words is not null => CoderStep.Write(StartTurn(words)),
            _ => CoderStep.Saw(new CoderEvent.Notice($"codex refused a request: {failed.Why}")),
        };
    }

    private CoderStep Asked(string? method, JsonElement message)
    {
        var id = message.Member("id")!.Value.GetRawText();
        return message.Member("params") is { } parameters && approvals.Open(id, method, parameters) is { } asked
            ? CoderStep.Saw(asked)
            : CoderStep.Write(CodexLines.Refusal(id));
    }

    private CoderStep Told(string? method, JsonElement? parameters)
    {
        if (parameters is not { } told)
        {
            return CoderStep.Nothing;
        }

        switch (method)
        {
            case "account/rateLimits/updated":
                return CoderStep.Saw([.. limits.Seen(told.Member("rateLimits"))]);
            case "thread/tokenUsage/updated":
                return CoderStep.Saw([.. spending.Seen(told, IsOwn(told), turn is not null)]);
            case "serverRequest/resolved":
                approvals.Close(told.Member("requestId")?.GetRawText() ?? "");
                return CoderStep.Nothing;
            case "warning" or "configWarning":
                return Notice(told.Text("message") ?? told.Text("summary"));
            default:
                // Another thread is an agent that codex started itself: its turns and words are not the run's.
                return IsOwn(told) ? OfOwn(method, told) : CoderStep.Nothing;
        }
    }

    private bool IsOwn(JsonElement told) => thread is not null && told.Text("threadId") == thread;

    private CoderStep OfOwn(string? method, JsonElement told) =>
        method switch
        {
            "turn/started" => TurnStarted(told.Member("turn").Text("id")),
            "turn/completed" => TurnCompleted(told.Member("turn")),
            "item/started" => Item(told.Member("item") is { } item ? approvals.Started(item) : null),
            "item/completed" => Item(told.Member("item") is { } item ? CodexItems.Completed(item) : null),
            "error" when told.Flag("willRetry") => Retry(told.Member("error")),
            _ => CoderStep.Nothing,
        };

    private CoderStep TurnStarted(string? id)
    {
        turn = id;
        lastWords = "";
        retries = 0;
        return CoderStep.Saw(new CoderEvent.TurnStarted());
    }

    private CoderStep TurnCompleted(JsonElement? ended)
    {
        var end = ended.Text("status") switch
        {
            "completed" => new TurnEnd.Done(lastWords),
            "interrupted" => new TurnEnd.Interrupted(),
            "failed" => CodexErrors.Failed(ended.Member("error")),
            _ => (TurnEnd?)null,
        };
        return end is null ? CoderStep.Nothing : Ended(end);
    }

    private CoderStep Failed(TurnEnd.Failed end) => Ended(end);

    private CoderStep Ended(TurnEnd end)
    {
        turn = null;
        approvals.CloseAll();
        return CoderStep.Saw(new CoderEvent.TurnEnded(end));
    }

    private CoderStep Item(CoderEvent? seen)
    {
        lastWords = seen is CoderEvent.Text said ? said.Words : lastWords;
        return seen is null ? CoderStep.Nothing : CoderStep.Saw(seen);
    }

    private CoderStep Retry(JsonElement? error)
    {
        retries++;
        var message = error.Text("message") ?? "";
        return CoderStep.Saw(
            new CoderEvent.RetrySeen(
                CodexRetries.Attempt(message) ?? retries,
                Delay: null,
                CodexErrors.ClassOf(error.Member("codexErrorInfo"), message)
            )
        );
    }

    private static CoderStep Notice(string? words) =>
        words is null ? CoderStep.Nothing : CoderStep.Saw(new CoderEvent.Notice(words));
}
