namespace Fleet.Rules.Agents;

/// <summary>Whether a text is what a pattern with stars says; never slower than their lengths multiplied.</summary>
internal static class Wildcard
{
    /// <summary>What a single star stands for.</summary>
    internal enum Star
    {
        AnyText,

        /// <summary>Text without a slash; two stars are any text.</summary>
        WithinFolder,
    }

    public static bool Matches(string pattern, string text, Star star)
    {
        // reach[i]: the pattern so far can end before letter i of the text.
        var reach = new bool[text.Length + 1];
        reach[0] = true;
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] != '*')
            {
                Step(reach, text, pattern[at]);
                continue;
            }

            var isDouble = at + 1 < pattern.Length && pattern[at + 1] == '*';
            Spread(reach, text, any: isDouble || star is Star.AnyText);
            at += isDouble ? 1 : 0;
        }

        return reach[^1];
    }

    private static void Step(bool[] reach, string text, char letter)
    {
        for (var i = text.Length; i > 0; i--)
        {
            reach[i] = reach[i - 1] && text[i - 1] == letter;
        }

        reach[0] = false;
    }

    private static void Spread(bool[] reach, string text, bool any)
    {
        for (var i = 1; i <= text.Length; i++)
        {
            reach[i] |= reach[i - 1] && (any || text[i - 1] != '/');
        }
    }
}
