using System.Text.Json;
using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Tests.Log;

/// <summary>What a redaction leaves of each kind of event: a new field is a text until it is named here.</summary>
public sealed class RedactedKindsTests
{
    /// <summary>What the state is made of: ids, hashes, times, names of settings, words of Fleet's own.</summary>
    private static readonly string[] Kept =
    [
        "account",
        "agent",
        "at",
        "base",
        "by",
        "coder",
        "commandsHash",
        "commit",
        "definition",
        "for",
        "from",
        "gate",
        "error",
        "hash",
        "head",
        "holder",
        "kept",
        "kind",
        "left",
        "model",
        "name",
        "of",
        "output",
        "plan",
        "proposal",
        "reason",
        "repository",
        "request",
        "result",
        "request",
        "requestId",
        "resetsAt",
        "resume",
        "retryAt",
        "run",
        "session",
        "took",
        "tool",
        "tree",
        "trunk",
        "trunkBefore",
        "until",
    ];

    public static TheoryData<string> Kinds => [.. EventJson.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_each_kind_only_what_the_state_is_made_of_is_left(string kind)
    {
        var written = EventJsonTests.OneOfEachKind.Single(e => EventKinds.Of(e) == kind);

        var left = EventJson.Body(Redaction.Of(written));

        Assert.Equal(left, EventJson.Body(EventJson.Read(kind, left)!));
        using var document = JsonDocument.Parse(left);
        Assert.Empty(Texts(document.RootElement, "").Except(Kept, StringComparer.Ordinal));
    }

    /// <summary>The names of all fields that hold a text other than the mark.</summary>
    private static IEnumerable<string> Texts(JsonElement element, string name) =>
        element.ValueKind switch
        {
            // Of settings nothing is left but the defaults.
            JsonValueKind.Object => element
                .EnumerateObject()
                .Where(field => field.Name is not "settings")
                .SelectMany(field => Texts(field.Value, field.Name)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Texts(item, name)),
            JsonValueKind.String when element.GetString() is not (Redaction.Mark or "upheld") => [name],
            _ => [],
        };
}
