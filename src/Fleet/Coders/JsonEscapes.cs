using System.Globalization;
using System.Text;

namespace Fleet.Coders;

/// <summary>Reads a JSON string by hand that holds half of a surrogate pair, which .NET refuses.</summary>
internal static class JsonEscapes
{
    private const char Replacement = '\uFFFD';

    /// <param name="raw">The string as it stands in the JSON, quotes included.</param>
    public static string Mended(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var at = 1; at < raw.Length - 1; at++)
        {
            if (raw[at] != '\\')
            {
                text.Append(raw[at]);
                continue;
            }

            at++;
            text.Append(raw[at] == 'u' ? Code(raw, ref at) : Plain(raw[at]));
        }

        return WithoutHalves(text);
    }

    private static char Code(string raw, ref int at)
    {
        var code = ushort.Parse(raw.AsSpan(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        at += 4;
        return (char)code;
    }

    private static char Plain(char escaped) =>
        escaped switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\b',
            'f' => '\f',
            _ => escaped,
        };

    private static string WithoutHalves(StringBuilder text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(text[at]))
            {
                text[at] = Replacement;
            }
        }

        return text.ToString();
    }
}
