using System.Text.Json;
using Fleet.Rules.Runs;

namespace Fleet.Coders.Codex;

/// <summary>One conversation with <c>codex app-server</c>.</summary>
internal sealed class CodexSession(CoderRequest request) : RpcSession(Methods)
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
    private bool awaitsTurn;

    public override bool HasUnheard => awaitsTurn || asks.IsOpen(CodexAsk.Steer);

    public override CoderStep Begin() => CoderStep.Write(CodexLines.Initialize(asks.Next(CodexAsk.Initialize)));

    public override CoderStep Answer(string asked, bool allowed, string why) =>
        approvals.Close(asked) ? CoderStep.Write(CodexLines.Decision(asked, allowed)) : CoderStep.Nothing;

    public override CoderStep? Say(string words) =>
        (thread, turn) switch
        {
            (null, _) => null,
            (_, null) when awaitsTurn => null,
            (_, null) => CoderStep.Write(StartTurn(words)),
            _ => CoderStep.Write(CodexLines.Steer(asks.Next(CodexAsk.Steer, words), thread, turn, words)),
        };

    public override CoderStep? Interrupt() =>
        thread is null || turn is null
            ? null
            : CoderStep.Write(CodexLines.Interrupt(asks.Next(CodexAsk.Interrupt), thread, turn));

    protected override CoderStep Answered(JsonElement answer)
    {
        var (ask, words) = asks.Close(answer.Whole("id"u8));
        return answer.Field("error"u8) is { ValueKind: JsonValueKind.Object } error
            ? Refused(ask, words, error)
            : ask switch
            {
                CodexAsk.Initialize => CoderStep.Write(CodexLines.Initialized, OpenThread()),
                CodexAsk.Thread => ThreadOpened(answer.Field("result"u8)),
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

    private CoderStep ThreadOpened(JsonElement result)
    {
        thread = result.Field("thread"u8).Text("id"u8);
        return thread is null
            ? Ended(new TurnEnd.Failed(ErrorClass.Unknown, "codex opened no thread"))
            : new CoderStep(
                [new CoderEvent.SessionStarted(thread, result.Text("model"u8) ?? request.Model)],
                [StartTurn(request.Prompt)]
            );
    }

    private string StartTurn(string words)
    {
        awaitsTurn = true;
        return CodexLines.StartTurn(asks.Next(CodexAsk.Turn), thread!, words);
    }

    private CoderStep Refused(CodexAsk? ask, string? words, JsonElement error)
    {
        var failed = CodexErrors.Failed(error);
        return ask switch
        {
            CodexAsk.Thread when request.Resume is not null => Ended(failed with { Class = ErrorClass.SessionGone }),
            CodexAsk.Initialize or CodexAsk.Thread or CodexAsk.Turn => Ended(failed),
            // The turn ended while the words were on their way: they begin the next one.
            CodexAsk.Steer when turn is null && words is not null => CoderStep.Write(StartTurn(words)),
            _ => CoderStep.Saw(new CoderEvent.Notice($"codex refused a request: {failed.Why}")),
        };
    }

    protected override CoderStep Asked(string asked, string? method, JsonElement parameters) =>
        approvals.Open(asked, method, parameters) is { } waits
            ? CoderStep.Saw(waits)
            : CoderStep.Write(CodexLines.Refusal(asked));

    protected override CoderStep Told(string method, JsonElement told)
    {
        switch (method)
        {
            case "account/rateLimits/updated":
                return CoderStep.Saw([.. limits.Seen(told.Field("rateLimits"u8))]);
            case "thread/tokenUsage/updated":
                return CoderStep.Saw([.. spending.Seen(told, IsOwn(told), turn)]);
            case "serverRequest/resolved":
                approvals.Close(told.Field("requestId"u8).Raw());
                return CoderStep.Nothing;
            case "warning" or "configWarning":
                return Notice(told.Text("message"u8) ?? told.Text("summary"u8));
            default:
                // Another thread is an agent that codex started itself: its turns and words are not the run's.
                return IsOwn(told) ? OfOwn(method, told) : CoderStep.Nothing;
        }
    }

    private bool IsOwn(JsonElement told) => thread is not null && told.Text("threadId"u8) == thread;

    private CoderStep OfOwn(string method, JsonElement told) =>
        method switch
        {
            "turn/started" => TurnStarted(told.Field("turn"u8).Text("id"u8)),
            "turn/completed" => TurnCompleted(told.Field("turn"u8)),
            "item/started" => Item(approvals.Started(told.Field("item"u8))),
            "item/completed" => Item(CodexItems.Completed(told.Field("item"u8))),
            "error" when told.Flag("willRetry"u8) is true => Retry(told.Field("error"u8)),
            _ => CoderStep.Nothing,
        };

    private CoderStep TurnStarted(string? id)
    {
        turn = id;
        awaitsTurn = false;
        lastWords = "";
        retries = 0;
        return CoderStep.Saw(new CoderEvent.TurnStarted());
    }

    private CoderStep TurnCompleted(JsonElement ended)
    {
        var end = ended.Text("status"u8) switch
        {
            "completed" => new TurnEnd.Done(lastWords),
            "interrupted" => new TurnEnd.Interrupted(),
            "failed" => CodexErrors.Failed(ended.Field("error"u8)),
            _ => (TurnEnd?)null,
        };
        return end is null ? CoderStep.Nothing : Ended(end);
    }

    private CoderStep Ended(TurnEnd end)
    {
        turn = null;
        awaitsTurn = false;
        approvals.CloseAll();
        return CoderStep.Saw(new CoderEvent.TurnEnded(end));
    }

    private CoderStep Item(CoderEvent? seen)
    {
        lastWords = seen is CoderEvent.Text said ? said.Words : lastWords;
        return seen is null ? CoderStep.Nothing : CoderStep.Saw(seen);
    }

    private CoderStep Retry(JsonElement error)
    {
        retries++;
        var message = error.Text("message"u8) ?? "";
        return CoderStep.Saw(
            new CoderEvent.RetrySeen(
                CodexRetries.Attempt(message) ?? retries,
                Delay: null,
                CodexErrors.ClassOf(error.Field("codexErrorInfo"u8), message)
            )
        );
    }

    private static CoderStep Notice(string? words) =>
        words is null ? CoderStep.Nothing : CoderStep.Saw(new CoderEvent.Notice(words));
}
