using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Fleet.Coders;

/// <summary>Reads members of what a coder wrote: one that is missing, or of another kind, is null.</summary>
internal static class JsonFields
{
    /// <summary>A member of an object; one without a kind where there is none.</summary>
    public static JsonElement Field(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.ValueKind is JsonValueKind.Object && from.TryGetProperty(name, out var found) ? found : default;

    public static string? Text(this JsonElement from, ReadOnlySpan<byte> name) => from.Field(name).Text();

    /// <summary>A text, whatever is in it: half characters and bytes that are no UTF-8 are replaced.</summary>
    public static string? Text(this JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return Mended(element.Raw());
        }
    }

    public static bool Is(this JsonElement from, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text) =>
        from.Field(name) is { ValueKind: JsonValueKind.String } found && found.ValueEquals(text);

    public static bool? Flag(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.Field(name).ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    public static long? Whole(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.Field(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number)
            ? number
            : null;

    public static decimal? Amount(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.Field(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetDecimal(out var number)
            ? number
            : null;

    public static double? Share(this JsonElement from, ReadOnlySpan<byte> name) => (double?)from.Amount(name);

    /// <summary>A time given as seconds since 1970.</summary>
    public static DateTimeOffset? Time(this JsonElement from, ReadOnlySpan<byte> name)
    {
        const long year9999 = 253_402_300_799;
        return from.Whole(name) is >= 0 and <= year9999 and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    /// <summary>The value as it was written.</summary>
    public static string Raw(this JsonElement element) =>
        element.ValueKind is JsonValueKind.Undefined
            ? ""
            : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>The items of an array; none of anything else.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement from) =>
        from.ValueKind is JsonValueKind.Array ? from.EnumerateArray() : default;

    /// <summary>The members of an object; none of anything else.</summary>
    public static JsonElement.ObjectEnumerator Members(this JsonElement from) =>
        from.ValueKind is JsonValueKind.Object ? from.EnumerateObject() : default;

    /// <summary>Undoes the escapes of a quoted text in which some mean no character.</summary>
    private static string Mended(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var at = 1; at < quoted.Length - 1; at++)
        {
            if (quoted[at] != '\\')
            {
                text.Append(quoted[at]);
                continue;
            }

            at++;
            if (quoted[at] == 'u')
            {
                text.Append(
                    (char)ushort.Parse(quoted.AsSpan(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                );
                at += 4;
            }
            else
            {
                text.Append(
                    quoted[at] switch
                    {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        'b' => '\b',
                        'f' => '\f',
                        var same => same,
                    }
                );
            }
        }

        // Half a character becomes the sign for one that cannot be shown.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
