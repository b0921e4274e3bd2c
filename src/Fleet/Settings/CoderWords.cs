using Fleet.Rules.Settings;

namespace Fleet.Settings;

/// <summary>The words in braces that a run fills in where a person defined a coder.</summary>
internal static class CoderWords
{
    public static string All => string.Join(", ", CoderCommand.Words.Select(word => $"{{{word}}}"));

    /// <summary>A word that is nearly one of them; any other is taken as it is written.</summary>
    public static (string Typed, string Meant)? Misspelt(string argument)
    {
        foreach (var word in InBraces(argument))
        {
            if (!CoderCommand.Words.Contains(word) && DidYouMean.Of(word, CoderCommand.Words) is { } meant)
            {
                return (word, meant);
            }
        }

        return null;
    }

    private static IEnumerable<string> InBraces(string argument)
    {
        for (var open = argument.IndexOf('{'); open >= 0; open = argument.IndexOf('{', open + 1))
        {
            var close = argument.IndexOfAny(['{', '}'], open + 1);
            if (close > open + 1 && argument[close] == '}')
            {
                yield return argument[(open + 1)..close];
            }
        }
    }
}
