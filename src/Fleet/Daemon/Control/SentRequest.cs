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
        if (RequestId.Length is 0 or > LongestId)
        {
            throw new JsonException($"a request id has 1 to {LongestId} characters");
        }

        if (!ByKind.TryGetValue(Kind, out var type))
        {
            throw new JsonException($"there is no request '{Kind}'");
        }

        var request = (Request?)Request.Deserialize(type) ?? throw new JsonException("there is no request");
        return IsWhole(request)
            ? new ControlRequest(RequestId, Who, request)
            : throw new JsonException("a list is null that must be there");
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
            Rules.Request.Approve => "task.approve",
            Rules.Request.Reject => "task.reject",
            Rules.Request.LandNext => "task.land",
            Rules.Request.StopAll => "fleet.stop",
            Rules.Request.Pause => "fleet.pause",
            Rules.Request.Resume => "fleet.resume",
            Rules.Request.Drain => "fleet.drain",
            Rules.Request.Redact => "record.redact",
            _ => throw new UnreachableException(),
        };

    /// <summary>The rules never look for lists that are not there.</summary>
    private static bool IsWhole(Request request) =>
        request is not Rules.Request.AddTask { Brief: var brief }
        || !(brief.Command.IsDefault || brief.Needs.IsDefault || brief.Labels.IsDefault);

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
            ["task.approve"] = json.Approve,
            ["task.reject"] = json.Reject,
            ["task.land"] = json.LandNext,
            ["fleet.stop"] = json.StopAll,
            ["fleet.pause"] = json.Pause,
            ["fleet.resume"] = json.Resume,
            ["fleet.drain"] = json.Drain,
            ["record.redact"] = json.Redact,
        };
    }
}
