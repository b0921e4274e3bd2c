using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Fleet.Log;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Settings;
using Fleet.Rules.Views;

namespace Fleet.Daemon;

/// <summary>An event as it is written: its body is JSON within JSON, not a text to be parsed again.</summary>
internal sealed record WrittenEvent(
    long Seq,
    DateTimeOffset At,
    string Kind,
    string Actor,
    Source By,
    long? Cause,
    TaskId? Task,
    string? Run,
    string Words,
    JsonNode? Body,
    string Hash
)
{
    public static WrittenEvent Of(EventRow row) =>
        new(
            row.Seq,
            row.At,
            row.Kind,
            row.Actor,
            row.By,
            row.Cause,
            row.Task,
            row.Run,
            row.Words,
            row.Body is null ? null : JsonNode.Parse(row.Body),
            row.Hash
        );

    public EventRow Read() => new(Seq, At, Kind, Actor, Cause, Task, Run, Words, Body?.ToJsonString(), Hash);
}

/// <summary>Why a task stands where it stands, as it is written.</summary>
internal sealed record WrittenWhy(
    TaskId Id,
    TaskState State,
    Source By,
    WaitingFor? WaitingFor,
    string Why,
    ImmutableArray<WrittenEvent> Facts,
    string? Next,
    string? Unheld = null
)
{
    public static WrittenWhy Of(WhyStory why) =>
        new(
            why.Id,
            why.State,
            why.By,
            why.WaitingFor,
            why.Why,
            [.. why.Facts.Select(WrittenEvent.Of)],
            why.Next,
            why.Unheld
        );
}

/// <summary>A task's id as text, because ids from elsewhere are no numbers; a number is read as well.</summary>
internal sealed class TaskIdTextJson : JsonConverter<TaskId>
{
    public override TaskId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType is JsonTokenType.Number ? $"{reader.GetInt32()}" : reader.GetString();
        return TaskId.TryParse(text, out var id) ? id : throw new JsonException($"'{text}' names no task");
    }

    public override void Write(Utf8JsonWriter writer, TaskId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>Durations as seconds, to the millisecond.</summary>
internal sealed class SecondsJson : JsonConverter<TimeSpan>
{
    private const double Milliseconds = 1000;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeSpan.FromSeconds(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Math.Round(value.TotalMilliseconds) / Milliseconds);
}

/// <summary>The words of a family in lower case.</summary>
internal sealed class LowerCaseJson<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(TaskIdTextJson),
        typeof(RunIdJson),
        typeof(AccountIdJson),
        typeof(RepositoryNameJson),
        typeof(CommitJson),
        typeof(TreeJson),
        typeof(SecondsJson),
        typeof(LowerCaseJson<TaskState>),
        typeof(LowerCaseJson<AccountState>),
        typeof(LowerCaseJson<Source>),
        typeof(LowerCaseJson<WaitingFor>),
        typeof(LowerCaseJson<PauseKind>),
        typeof(LowerCaseJson<LandingMode>),
        typeof(LowerCaseJson<WorktreeKind>),
    ]
)]
[JsonSerializable(typeof(Listed<TaskRow>))]
[JsonSerializable(typeof(Listed<WrittenEvent>))]
[JsonSerializable(typeof(WrittenPlan))]
[JsonSerializable(typeof(Shown<FleetStatus>))]
[JsonSerializable(typeof(Shown<WrittenWhy>))]
[JsonSerializable(typeof(Shown<Answer>))]
[JsonSerializable(typeof(TaskStory))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(WrittenFailure))]
[JsonSerializable(typeof(SentRequest))]
[JsonSerializable(typeof(Request.AddRepository))]
[JsonSerializable(typeof(Request.AddTask))]
[JsonSerializable(typeof(Request.EditTask))]
[JsonSerializable(typeof(Request.AbandonTask))]
[JsonSerializable(typeof(Request.RetryTask))]
[JsonSerializable(typeof(Request.StopTask))]
[JsonSerializable(typeof(Request.Say))]
[JsonSerializable(typeof(Request.StopAll))]
[JsonSerializable(typeof(Request.Pause))]
[JsonSerializable(typeof(Request.Resume))]
[JsonSerializable(typeof(Request.Drain))]
[JsonSerializable(typeof(Request.Approve))]
[JsonSerializable(typeof(Request.Reject))]
[JsonSerializable(typeof(Request.AnswerPermission))]
[JsonSerializable(typeof(Request.LandNext))]
[JsonSerializable(typeof(Request.Trust))]
[JsonSerializable(typeof(Request.ForgetRepository))]
[JsonSerializable(typeof(Request.ResumeAccount))]
[JsonSerializable(typeof(Request.Redact))]
internal sealed partial class ControlJsonContext : JsonSerializerContext;
