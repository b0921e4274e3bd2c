using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Fleet.Coders;

/// <summary>Lines that are one JSON object each, read and written.</summary>
internal static class JsonLine
{
    /// <summary>A tool's input may be nested deeper than usual; garbage is nested deeper than that.</summary>
    private const int MaxDepth = 256;

    public static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>The object that a whole line is; null for anything else, a line that was cut included.</summary>
    public static JsonDocument? Parse(ReadOnlySpan<byte> line)
    {
        if (!LooksWhole(line))
        {
            return null;
        }

        JsonDocument? json = null;
        try
        {
            var reader = new Utf8JsonReader(line, Options);
            json = JsonDocument.ParseValue(ref reader);
            // Throws where something follows.
            _ = reader.Read();
            return json;
        }
        catch (JsonException)
        {
            json?.Dispose();
            return null;
        }
    }

    /// <summary>
    /// The text of a member of the line's object, found without reading further; empty where there is none.
    /// </summary>
    public static ReadOnlySpan<byte> Peek(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        if (!LooksWhole(line))
        {
            return [];
        }

        try
        {
            var reader = new Utf8JsonReader(line, Options);
            _ = reader.Read();
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals(name);
                _ = reader.Read();
                if (found)
                {
                    return reader.TokenType is JsonTokenType.String ? reader.ValueSpan : [];
                }

                reader.Skip();
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Garbage tells nothing.
        }

        return [];
    }

    /// <summary>A line to write: one object. Only ASCII is left unescaped: no reader finds a line end in it.</summary>
    public static string Write(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>Spares the cost of an exception for almost everything that is no object.</summary>
    public static bool LooksWhole(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t\r"u8);
        return line.Length >= 2 && line[0] == (byte)'{' && line[^1] == (byte)'}';
    }
}
