using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fleet.ModelStub.Apis;

/// <summary>Reading JSON whose form nobody promises, and writing our own.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions AsIs = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(object value) => JsonSerializer.Serialize(value, AsIs);

    /// <summary>A value as JSON inside other JSON.</summary>
    public static JsonElement Parsed(string json) => JsonElement.Parse(json);

    /// <summary>A new id as the vendors make them.</summary>
    public static string NewId(string prefix) => prefix + RandomNumberGenerator.GetHexString(24, lowercase: true);

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    public static bool IsTrue(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The words of a content that is a string, or an array of parts with a text each.</summary>
    public static string Words(this JsonElement element, string name) =>
        element.Text(name) ?? string.Join('\n', element.Items(name).Select(part => part.Text("text") ?? ""));
}
