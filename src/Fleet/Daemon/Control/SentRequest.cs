using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>A request as it is written: its kind says which one it is.</summary>
internal sealed record SentRequest(string RequestId, string Who, string Kind, JsonElement Request)
{
    private const int LongestId = 200;

    private static readonly Dictionary<string, JsonTypeInfo> ByKind = Table();

    public static SentRequest Of(ControlRequest asked)
    {
        var kind = KindOf(asked.Request);
        return new SentRequest(
            asked.RequestId,
            asked.Who,
            kind,
            JsonSerializer.SerializeToElement(asked.Request, ByKind[kind])
        );
    }

    /// <exception cref="JsonException">The kind is not known, or the request does not fit it.</exception>
    public ControlRequest Read()
    {
        if (RequestId is null or { Length: 0 or > LongestId } || string.IsNullOrEmpty(Who))
        {
            throw new JsonException($"a request says who asks, and has an id of 1 to {LongestId} characters");
        }

        if (Kind is null || !ByKind.TryGetValue(Kind, out var type))
        {
            throw new JsonException($"there is no request '{Kind}'");
        }

        var request = Request.ValueKind is JsonValueKind.Object ? (Request?)Request.Deserialize(type) : null;
        return request is not null && IsWhole(request)
            ? new ControlRequest(RequestId, Who, request)
            : throw new JsonException($"a part of the request '{Kind}' is missing");
    }

    public static string KindOf(Request request) =>
        request switch
        {
            Rules.Request.AddRepository => "repository.add",
            Rules.Request.Trust => "repository.trust",
            Rules.Request.ForgetRepository => "repository.forget",
            Rules.Request.AddTask => "task.add",
            Rules.Request.EditTask => "task.edit",
            Rules.Request.AbandonTask => "task.abandon",
            Rules.Request.RetryTask => "task.retry",
            Rules.Request.StopTask => "task.stop",
            Rules.Request.Say => "task.say",
            Rules.Request.Approve => "task.approve",
            Rules.Request.Reject => "task.reject",
            Rules.Request.AnswerPermission => "task.answer",
            Rules.Request.LandNext => "task.land",
            Rules.Request.StopAll => "fleet.stop",
            Rules.Request.Pause => "fleet.pause",
            Rules.Request.Resume => "fleet.resume",
            Rules.Request.Drain => "fleet.drain",
            Rules.Request.ResumeAccount => "account.resume",
            Rules.Request.Redact => "record.redact",
            _ => throw new UnreachableException(),
        };

    /// <summary>What the sender left out is null here whatever the types say; the rules never look for that.</summary>
    private static bool IsWhole(Request request) =>
        request switch
        {
            Rules.Request.AddRepository ask => Are(ask.Root, ask.Trunk),
            Rules.Request.Trust ask => Are(ask.Root, ask.CommandsHash),
            Rules.Request.ForgetRepository ask => Are(ask.Repository.Value),
            Rules.Request.AddTask { Brief: { } brief } ask => Are(
                ask.Root,
                brief.Title,
                brief.Text,
                brief.Directory,
                brief.Coder
            ) && !(brief.Command.IsDefault || brief.Needs.IsDefault || brief.Labels.IsDefault),
            Rules.Request.AddTask => false,
            Rules.Request.EditTask ask => Are(ask.Change),
            Rules.Request.AbandonTask ask => Are(ask.Why),
            Rules.Request.Reject ask => Are(ask.Why),
            Rules.Request.Say ask => Are(ask.Words),
            Rules.Request.StopAll ask => Are(ask.Why),
            Rules.Request.ResumeAccount ask => Are(ask.Account),
            Rules.Request.Redact ask => Are(ask.Why),
            _ => true,
        };

    private static bool Are(params ReadOnlySpan<object?> parts)
    {
        foreach (var part in parts)
        {
            if (part is null)
            {
                return false;
            }
        }

        return true;
    }

    private static Dictionary<string, JsonTypeInfo> Table()
    {
        var json = ControlJsonContext.Default;
        return new Dictionary<string, JsonTypeInfo>(StringComparer.Ordinal)
        {
            ["repository.add"] = json.AddRepository,
            ["repository.trust"] = json.Trust,
            ["repository.forget"] = json.ForgetRepository,
            ["task.add"] = json.AddTask,
            ["task.edit"] = json.EditTask,
            ["task.abandon"] = json.AbandonTask,
            ["task.retry"] = json.RetryTask,
            ["task.stop"] = json.StopTask,
            ["task.say"] = json.Say,
            ["task.approve"] = json.Approve,
            ["task.reject"] = json.Reject,
            ["task.answer"] = json.AnswerPermission,
            ["task.land"] = json.LandNext,
            ["fleet.stop"] = json.StopAll,
            ["fleet.pause"] = json.Pause,
            ["fleet.resume"] = json.Resume,
            ["fleet.drain"] = json.Drain,
            ["account.resume"] = json.ResumeAccount,
            ["record.redact"] = json.Redact,
        };
    }
}
