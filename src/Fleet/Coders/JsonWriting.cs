using System.Text.Json;

namespace Fleet.Coders;

/// <summary>Writes objects within objects, in the shape that they have.</summary>
internal static class JsonWriting
{
    public static void Object(this Utf8JsonWriter json, string name, Action<Utf8JsonWriter> members)
    {
        json.WriteStartObject(name);
        members(json);
        json.WriteEndObject();
    }

    /// <summary>An array with one text, in the form that protocols for agents have for it.</summary>
    public static void TextBlock(this Utf8JsonWriter json, string name, string words)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", words);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>A text as a JSON string, which is a TOML string as well.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
