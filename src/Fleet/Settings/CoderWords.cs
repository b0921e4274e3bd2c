using System.Text.RegularExpressions;
using Fleet.Rules.Settings;

namespace Fleet.Settings;

/// <summary>The words in braces that a run fills in where a person defined a coder.</summary>
internal static partial class CoderWords
{
    public static string All => string.Join(", ", CoderCommand.Words.Select(word => $"{{{word}}}"));

    /// <summary>A word that is nearly one of them; any other is taken as it is written.</summary>
    public static (string Typed, string Meant)? Misspelt(string argument)
    {
        foreach (var word in InBraces().Matches(argument).Select(match => match.Groups["word"].Value))
        {
            if (!CoderCommand.Words.Contains(word) && DidYouMean.Of(word, CoderCommand.Words) is { } meant)
            {
                return (word, meant);
            }
        }

        return null;
    }

    [GeneratedRegex(@"\{(?<word>\w{1,64})\}", RegexOptions.CultureInvariant)]
    private static partial Regex InBraces();
}
