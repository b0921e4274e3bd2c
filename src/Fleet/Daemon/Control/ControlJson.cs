using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Daemon;

/// <summary>The public JSON, over the socket and behind <c>--json</c>: only ever added to within one version.</summary>
internal static class ControlJson
{
    public const string ApiVersion = "fleet/v1";

    private static readonly ControlJsonContext Json = ControlJsonContext.Default;

    public static byte[] Write(TaskList tasks) =>
        Bytes(new Listed<TaskRow>(ApiVersion, "TaskList", tasks.AsOf, tasks.More, tasks.Rows), Json.ListedTaskRow);

    public static byte[] Write(EventPage page) =>
        Bytes(
            new Listed<WrittenEvent>(ApiVersion, "EventList", page.AsOf, null, [.. page.Rows.Select(WrittenEvent.Of)]),
            Json.ListedWrittenEvent
        );

    public static byte[] Write(FleetStatus status) =>
        Bytes(new Shown<FleetStatus>(ApiVersion, "Fleet", status), Json.ShownFleetStatus);

    public static byte[] Write(WhyStory why) =>
        Bytes(new Shown<WrittenWhy>(ApiVersion, "Why", WrittenWhy.Of(why)), Json.ShownWrittenWhy);

    /// <param name="path">Where the runs keep their own plan, and what it says.</param>
    public static byte[] Write(ImmutableArray<PlanStep> plan, string? path, string? text) =>
        Bytes(new WrittenPlan(ApiVersion, "Plan", plan, path, text), Json.WrittenPlan);

    public static byte[] Write(Answer answer) =>
        Bytes(new Shown<Answer>(ApiVersion, "Answer", answer), Json.ShownAnswer);

    public static byte[] Write(UserError error) => Bytes(new WrittenFailure(error), Json.WrittenFailure);

    /// <summary>The row's figures and the rest of the story side by side, as one object.</summary>
    /// <param name="knowledge">What its runs wrote down, where that is asked for.</param>
    public static byte[] Write(TaskStory story, string? knowledge = null)
    {
        var item = JsonSerializer.SerializeToNode(story, Json.TaskStory)!.AsObject();
        var flat = item["row"]!.AsObject();
        item.Remove("row");
        foreach (var (name, value) in item.ToList())
        {
            item.Remove(name);
            flat[name] = value;
        }

        if (knowledge is not null)
        {
            flat["knowledge"] = knowledge;
        }

        item["apiVersion"] = ApiVersion;
        item["kind"] = "Task";
        item["item"] = flat.DeepClone();
        return JsonSerializer.SerializeToUtf8Bytes(item, Json.JsonObject);
    }

    public static byte[] Write(ControlRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(SentRequest.Of(request), Json.SentRequest);

    /// <exception cref="JsonException">It is not a request, or a part of it is missing.</exception>
    public static ControlRequest ReadRequest(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Json.SentRequest) is { } written
            ? written.Read()
            : throw new JsonException("there is no request");

    public static Answer ReadAnswer(byte[] json) => Item(JsonSerializer.Deserialize(json, Json.ShownAnswer));

    public static TaskList ReadTasks(byte[] json)
    {
        var listed = JsonSerializer.Deserialize(json, Json.ListedTaskRow) ?? throw NotOurs();
        return new TaskList(listed.AsOf ?? 0, listed.More ?? 0, listed.Items);
    }

    public static TaskStory ReadStory(byte[] json)
    {
        var flat = JsonNode.Parse(json)?["item"]?.AsObject() ?? throw NotOurs();
        flat["row"] = flat.DeepClone();
        return flat.Deserialize(Json.TaskStory) ?? throw NotOurs();
    }

    public static EventPage ReadEvents(byte[] json)
    {
        var listed = JsonSerializer.Deserialize(json, Json.ListedWrittenEvent) ?? throw NotOurs();
        return new EventPage(listed.AsOf ?? 0, [.. listed.Items.Select(e => e.Read())]);
    }

    public static FleetStatus ReadStatus(byte[] json) => Item(JsonSerializer.Deserialize(json, Json.ShownFleetStatus));

    /// <summary>None when the body is no error of ours.</summary>
    public static UserError? ReadError(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Json.WrittenFailure)?.Error;
        }
        catch (JsonException)
        {
            // Whatever listens there is not a daemon of this kind; the caller says so by its status.
            return null;
        }
    }

    private static byte[] Bytes<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToUtf8Bytes(value, type);

    private static T Item<T>(Shown<T>? shown) => shown is null ? throw NotOurs() : shown.Item;

    private static JsonException NotOurs() => new("the daemon's answer is not one that this Fleet knows");
}

/// <summary>A list as it is written.</summary>
internal sealed record Listed<T>(string ApiVersion, string Kind, long? AsOf, int? More, ImmutableArray<T> Items);

/// <summary>One thing as it is written.</summary>
internal sealed record Shown<T>(string ApiVersion, string Kind, T Item);

/// <summary>A task's way to trunk, and the plan that its runs keep for themselves.</summary>
internal sealed record WrittenPlan(
    string ApiVersion,
    string Kind,
    ImmutableArray<PlanStep> Items,
    string? Path,
    string? Text
);

internal sealed record WrittenFailure(UserError Error);
