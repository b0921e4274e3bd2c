using System.Text.Json;
using System.Text.Json.Serialization;
using Fleet.Rules;
using Fleet.Rules.Verification;

namespace Fleet.Log;

/// <summary>Ids and other small words as plain JSON numbers and strings.</summary>
internal abstract class WordJson<T> : JsonConverter<T>
{
    protected abstract T FromText(string text);

    protected abstract string ToText(T value);

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FromText(reader.GetString() ?? throw new JsonException($"a {typeof(T).Name} cannot be null"));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ToText(value));
}

internal sealed class TaskIdJson : JsonConverter<TaskId>
{
    public override TaskId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, TaskId value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Number);
}

internal sealed class EpochJson : JsonConverter<Epoch>
{
    public override Epoch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Epoch value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Number);
}

internal sealed class RunIdJson : WordJson<RunId>
{
    protected override RunId FromText(string text) =>
        RunId.TryParse(text, out var id) ? id : throw new JsonException($"'{text}' names no run");

    protected override string ToText(RunId value) => value.ToString();
}

internal sealed class AccountIdJson : WordJson<AccountId>
{
    protected override AccountId FromText(string text) =>
        AccountId.TryParse(text, out var id) ? id : throw new JsonException($"'{text}' names no account");

    protected override string ToText(AccountId value) => value.ToString();
}

internal sealed class RepositoryNameJson : WordJson<RepositoryName>
{
    protected override RepositoryName FromText(string text) => new(text);

    protected override string ToText(RepositoryName value) => value.Value;
}

internal sealed class CommitJson : WordJson<Commit>
{
    protected override Commit FromText(string text) => new(text);

    protected override string ToText(Commit value) => value.Sha;
}

internal sealed class TreeJson : WordJson<Tree>
{
    protected override Tree FromText(string text) => new(text);

    protected override string ToText(Tree value) => value.Sha;
}

/// <summary>A verdict as one of <c>"upheld"</c>, <c>{"refuted":[…]}</c>, <c>{"undecided":"why"}</c>.</summary>
internal sealed class VerdictJson : JsonConverter<Verdict>
{
    public override Verdict Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind is JsonValueKind.String)
        {
            return new Verdict.Upheld();
        }

        return root.TryGetProperty("refuted", out var refuted)
            ? new Verdict.Refuted([.. refuted.EnumerateArray().Select(ReadFinding)])
            : new Verdict.Undecided(root.GetProperty("undecided").GetString() ?? "");
    }

    public override void Write(Utf8JsonWriter writer, Verdict value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case Verdict.Upheld:
                writer.WriteStringValue("upheld");
                break;
            case Verdict.Refuted refuted:
                writer.WriteStartObject();
                writer.WriteStartArray("refuted");
                foreach (var finding in refuted.Findings)
                {
                    WriteFinding(writer, finding);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            case Verdict.Undecided undecided:
                writer.WriteStartObject();
                writer.WriteString("undecided", undecided.Reason);
                writer.WriteEndObject();
                break;
        }
    }

    private static Finding ReadFinding(JsonElement e) =>
        new(
            e.GetProperty("by").GetString() ?? "",
            e.GetProperty("why").GetString() ?? "",
            e.TryGetProperty("file", out var file) ? file.GetString() : null,
            e.TryGetProperty("line", out var line) ? line.GetInt32() : null
        );

    private static void WriteFinding(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("by", finding.By);
        writer.WriteString("why", finding.Why);
        if (finding.File is not null)
        {
            writer.WriteString("file", finding.File);
        }

        if (finding.Line is { } line)
        {
            writer.WriteNumber("line", line);
        }

        writer.WriteEndObject();
    }
}
