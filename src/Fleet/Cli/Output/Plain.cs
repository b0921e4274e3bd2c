using System.Globalization;
using System.Text;

namespace Fleet.Cli.Output;

/// <summary>Text of strangers, made safe for a screen: nothing in it moves the cursor or hides.</summary>
internal static class Plain
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';

    /// <summary>In one line.</summary>
    public static string Line(string text) => Clean(text, keepLines: false);

    /// <summary>In one line of at most so many columns, cut with an ellipsis.</summary>
    public static string Cut(string text, int columns)
    {
        var line = Line(text);
        if (Columns.Of(line) <= columns)
        {
            return line;
        }

        var kept = new StringBuilder();
        var width = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            width += Columns.Of(rune);
            if (width > columns - 1)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.Append('…').ToString();
    }

    /// <summary>With its line ends and tabs.</summary>
    public static string Lines(string text) => Clean(text, keepLines: true);

    private static string Clean(string text, bool keepLines)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter is Escape or '\u009b' or '\u009d' or '\u0090')
            {
                i = EndOfSequence(text, i);
            }
            else if (keepLines && letter is '\n' or '\t')
            {
                clean.Append(letter);
            }
            else if (letter is '\n' or '\t' or '\r')
            {
                clean.Append(letter == '\r' && keepLines ? "" : " ");
            }
            else if (char.IsSurrogatePair(text, i))
            {
                clean.Append(letter).Append(text[++i]);
            }
            else if (!Hides(letter))
            {
                clean.Append(char.IsSurrogate(letter) ? '\uFFFD' : letter);
            }
        }

        return clean.ToString();
    }

    /// <summary>The last character of an escape sequence; one that never ends takes only its introducer.</summary>
    private static int EndOfSequence(string text, int start)
    {
        var (kind, at) =
            text[start] == Escape ? (start + 1 < text.Length ? text[start + 1] : '\0', start + 2)
            : text[start] == '\u009b' ? ('[', start + 1)
            : (']', start + 1);
        return kind switch
        {
            '[' => Find(text, at, letter => letter is >= '@' and <= '~') ?? start,
            ']' or 'P' or '^' or '_' or 'X' => Find(text, at, letter => letter is Bell or '\u009c' or '\\') ?? start,
            '\0' => start,
            _ => start + 1,
        };
    }

    private static int? Find(string text, int from, Func<char, bool> ends)
    {
        const int longest = 4096;
        for (var i = from; i < text.Length && i < from + longest; i++)
        {
            if (ends(text[i]))
            {
                return i;
            }
        }

        return null;
    }

    private static bool Hides(char letter) =>
        char.GetUnicodeCategory(letter)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
