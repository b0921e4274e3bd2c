using System.Text;
using System.Text.Json;
using Fleet.Rules.Runs;

namespace Fleet.Coders.Acp;

/// <summary>One conversation with an agent that speaks ACP v1.</summary>
internal sealed class AcpSession(CoderRequest request, AcpDialect dialect) : RpcSession(Methods)
{
    private const string Update = "session/update";
    private const string Permission = "session/request_permission";
    private static readonly string[] Methods = [Update, Permission];

    private readonly AcpPermissions permissions = new();
    private readonly AcpTools tools = new();
    private readonly AcpSpending spending = new(request.Before, dialect);
    private readonly StringBuilder lastWords = new();
    private AcpStage stage = AcpStage.Initializing;
    private long lastId;
    private long? awaited;
    private string? session;

    public override CoderStep Begin() => CoderStep.Write(AcpLines.Initialize(Ask(AcpStage.Initializing)));

    public override CoderStep Answer(string asked, bool allowed, string why)
    {
        if (permissions.Close(asked) is not { } permission)
        {
            return CoderStep.Nothing;
        }

        var option = allowed ? permission.Allow : permission.Reject;
        var line = option is null ? AcpLines.Cancelled(asked) : AcpLines.Selected(asked, option);
        return allowed ? CoderStep.Write(line) : new CoderStep([tools.Denied(permission.Call, why)], [line]);
    }

    /// <summary>Only between turns: ACP v1 has no way to speak into one.</summary>
    public override CoderStep? Say(string words) => stage == AcpStage.Idle ? StartTurn(words) : null;

    public override CoderStep? Interrupt() =>
        stage == AcpStage.InTurn
            ? CoderStep.Write([AcpLines.Cancel(session!), .. permissions.CloseAll().Select(AcpLines.Cancelled)])
            : null;

    private long Ask(AcpStage next)
    {
        stage = next;
        awaited = ++lastId;
        return lastId;
    }

    protected override CoderStep Answered(JsonElement answer)
    {
        var id = answer.Whole("id"u8);
        lastId = Math.Max(lastId, id ?? 0);
        if (id is null || (id != awaited && !EndsAnEarlierTurn(answer)))
        {
            return CoderStep.Nothing;
        }

        awaited = null;
        return answer.Field("error"u8) is { ValueKind: JsonValueKind.Object } error
            ? Refused(error)
            : Granted(answer.Field("result"u8));
    }

    /// <summary>Of a prompt that a daemon before this one had sent.</summary>
    private bool EndsAnEarlierTurn(JsonElement answer) =>
        stage == AcpStage.Idle && answer.Field("result"u8).Text("stopReason"u8) is not null;

    private CoderStep Granted(JsonElement result) =>
        stage switch
        {
            AcpStage.Initializing => Initialized(result),
            AcpStage.SigningIn => OpenSession(),
            AcpStage.Opening => SessionOpened(result.Text("sessionId"u8) ?? request.Resume, result),
            _ => TurnEnded(result),
        };

    private CoderStep Initialized(JsonElement result)
    {
        if (request.Resume is not null && result.Field("agentCapabilities"u8).Flag("loadSession"u8) is not true)
        {
            return Ended(new TurnEnd.Failed(ErrorClass.SessionGone, "the agent cannot go on with a session"));
        }

        return
            dialect.SignIn is { } method
            && result.Field("authMethods"u8).Items().Any(offered => offered.Text("id"u8) == method)
            ? CoderStep.Write(AcpLines.Authenticate(Ask(AcpStage.SigningIn), method))
            : OpenSession();
    }

    private CoderStep OpenSession()
    {
        var id = Ask(AcpStage.Opening);
        return CoderStep.Write(
            request.Resume is { } known
                ? AcpLines.LoadSession(id, known, request.Worktree)
                : AcpLines.NewSession(id, request.Worktree)
        );
    }

    private CoderStep SessionOpened(string? id, JsonElement result)
    {
        session = id;
        if (session is null)
        {
            return Ended(new TurnEnd.Failed(ErrorClass.Unknown, "the agent opened no session"));
        }

        var model = result.Field("models"u8).Text("currentModelId"u8) ?? request.Model;
        var turn = StartTurn(request.Prompt);
        return turn with { Events = [new CoderEvent.SessionStarted(session, model), .. turn.Events] };
    }

    private CoderStep StartTurn(string words)
    {
        ForgetTurn();
        return new CoderStep([new CoderEvent.TurnStarted()], [AcpLines.Prompt(Ask(AcpStage.InTurn), session!, words)]);
    }

    private CoderStep Refused(JsonElement error)
    {
        var failed = AcpErrors.Failed(error);
        return Ended(
            stage == AcpStage.Opening && request.Resume is not null && failed.Class == ErrorClass.Unknown
                ? failed with
                {
                    Class = ErrorClass.SessionGone,
                }
                : failed
        );
    }

    private CoderStep TurnEnded(JsonElement result)
    {
        var usage = spending.TurnEnded(result);
        var ended = Ended(AcpStops.Of(result.Text("stopReason"u8), lastWords.ToString()));
        return usage is null ? ended : ended with { Events = [usage, .. ended.Events] };
    }

    private CoderStep Ended(TurnEnd end)
    {
        stage = session is null ? AcpStage.Closed : AcpStage.Idle;
        permissions.CloseAll();
        ForgetTurn();
        return CoderStep.Saw(new CoderEvent.TurnEnded(end));
    }

    private void ForgetTurn()
    {
        lastWords.Clear();
        tools.Clear();
        spending.ForgetTurn();
    }

    protected override CoderStep Asked(string asked, string? method, JsonElement parameters)
    {
        var call = parameters.Field("toolCall"u8);
        if (method != Permission || call.Text("toolCallId"u8) is not { } id)
        {
            return CoderStep.Write(AcpLines.Refusal(asked));
        }

        permissions.Open(asked, id, parameters);
        return CoderStep.Saw([.. tools.Asked(asked, id, call)]);
    }

    /// <summary>While a session is loaded its whole past is told again: nothing of it is news.</summary>
    protected override CoderStep Told(string method, JsonElement parameters) =>
        stage is AcpStage.InTurn or AcpStage.Idle ? Updated(parameters.Field("update"u8)) : CoderStep.Nothing;

    private CoderStep Updated(JsonElement update)
    {
        var kind = update.Text("sessionUpdate"u8);
        switch (kind)
        {
            case "agent_thought_chunk":
                spending.ModelSpoke();
                return CoderStep.Nothing;
            case "agent_message_chunk" when update.Field("content"u8).Text("text"u8) is { Length: > 0 } words:
                spending.ModelSpoke();
                lastWords.Append(words);
                return CoderStep.Saw(new CoderEvent.Text(words, IsPiece: true));
            case "tool_call" or "tool_call_update":
                lastWords.Clear();
                spending.ToolUpdated(isNew: kind == "tool_call" && !tools.Knows(update), update.Text("status"u8));
                return CoderStep.Saw([.. tools.Updated(update)]);
            case "usage_update":
                return CoderStep.Saw([.. spending.Updated(update)]);
            default:
                return CoderStep.Nothing;
        }
    }
}
