namespace Fleet.Tests.Tidy;

/// <summary>
/// Blanks the comments and literals of C# text, so that what remains at its old place is code.
/// The holes of interpolated strings are code and stay.
/// </summary>
internal static class CodeOnly
{
    public static string Of(string text)
    {
        var scanner = new Scanner(text);
        scanner.Code(closing: 0);
        return scanner.ToString();
    }

    private sealed class Scanner(string text)
    {
        private readonly char[] code = text.ToCharArray();
        private int at;

        public override string ToString() => new(code);

        /// <summary>Reads code to the end of the text, or through the braces that close a hole.</summary>
        public void Code(int closing)
        {
            var depth = 0;
            while (at < text.Length)
            {
                if (closing > 0 && depth == 0 && text[at] == '}')
                {
                    Blank(closing);
                    return;
                }

                if (Sees("//"))
                {
                    BlankThrough("\n");
                }
                else if (Sees("/*"))
                {
                    BlankThrough("*/");
                }
                else if (text[at] == '\'')
                {
                    Blank(1);
                    Literal(quote: '\'', verbatim: false, holes: false);
                }
                else if (!StringAhead())
                {
                    depth += text[at] switch
                    {
                        '{' => 1,
                        '}' => -1,
                        _ => 0,
                    };
                    at++;
                }
            }
        }

        private bool StringAhead()
        {
            var prefix = 0;
            while (at + prefix < text.Length && text[at + prefix] is '$' or '@')
            {
                prefix++;
            }

            var quotes = Count('"', at + prefix);
            if (quotes == 0)
            {
                return false;
            }

            var dollars = text.AsSpan(at, prefix).Count('$');
            var verbatim = dollars < prefix;
            if (!verbatim && quotes >= 3)
            {
                Blank(prefix + quotes);
                RawLiteral(quotes, dollars);
            }
            else
            {
                Blank(prefix + 1);
                Literal('"', verbatim, holes: dollars > 0);
            }

            return true;
        }

        private void Literal(char quote, bool verbatim, bool holes)
        {
            while (at < text.Length)
            {
                if ((!verbatim && text[at] == '\\') || (verbatim && Sees("\"\"")) || (holes && Sees("{{")))
                {
                    Blank(2);
                }
                else if (holes && text[at] == '{')
                {
                    Blank(1);
                    Code(closing: 1);
                }
                else if (text[at] == quote)
                {
                    Blank(1);
                    return;
                }
                else
                {
                    Blank(1);
                }
            }
        }

        private void RawLiteral(int quotes, int dollars)
        {
            while (at < text.Length)
            {
                var ending = Count('"', at);
                var opening = Count('{', at);
                if (ending >= quotes)
                {
                    Blank(ending);
                    return;
                }

                if (dollars > 0 && opening >= dollars)
                {
                    Blank(opening);
                    Code(closing: dollars);
                }
                else
                {
                    Blank(1);
                }
            }
        }

        private bool Sees(string word) => text.AsSpan(at).StartsWith(word, StringComparison.Ordinal);

        private int Count(char sign, int from)
        {
            var to = from;
            while (to < text.Length && text[to] == sign)
            {
                to++;
            }

            return to - from;
        }

        private void BlankThrough(string ending)
        {
            var end = text.IndexOf(ending, at + 2, StringComparison.Ordinal);
            Blank((end < 0 ? text.Length : end + ending.Length) - at);
        }

        private void Blank(int count)
        {
            for (var end = Math.Min(at + count, text.Length); at < end; at++)
            {
                code[at] = text[at] == '\n' ? '\n' : ' ';
            }
        }
    }
}
