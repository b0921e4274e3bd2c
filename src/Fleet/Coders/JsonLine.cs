using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Fleet.Coders;

/// <summary>Reads a line that should be one JSON object. Whatever else it is gives null, never an exception.</summary>
internal static class JsonLine
{
    public static JsonDocument? Parse(ReadOnlySpan<byte> line)
    {
        if (!LooksWhole(line))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(Utf8.IsValid(line) ? line : Mended(line));
            return JsonDocument.TryParseValue(ref reader, out var document) && IsAllOf(reader) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Cheap, so that a flood of log lines or half lines does not cost an exception each.</summary>
    public static bool LooksWhole(ReadOnlySpan<byte> line)
    {
        var trimmed = line.Trim(" \t\r"u8);
        return trimmed is [(byte)'{', .., (byte)'}'];
    }

    /// <summary>Coders cut output at any byte, also within a letter.</summary>
    private static byte[] Mended(ReadOnlySpan<byte> line) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line));

    /// <summary>Two values in one line are garbage: nobody knows where the first was cut.</summary>
    private static bool IsAllOf(Utf8JsonReader reader) => !reader.Read();
}
