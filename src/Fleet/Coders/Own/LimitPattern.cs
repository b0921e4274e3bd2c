using System.Collections.Immutable;
using System.Text;

namespace Fleet.Coders.Own;

/// <summary>
/// A line by which a coder tells that its account is used up, such as <c>limit reached*resets in {in}</c>. It matches
/// anywhere in a line and in any case.
/// </summary>
internal sealed class LimitPattern
{
    private const int LongestLine = 4_096;

    private readonly ImmutableArray<string> parts;
    private readonly string? told;

    public LimitPattern(string pattern)
    {
        var (rest, word) = Split(pattern);
        told = word;
        parts = [.. rest.Split('*', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    public CoderEvent.LimitSeen? Match(ReadOnlySpan<byte> line)
    {
        if (parts.IsEmpty || line.Length > LongestLine)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(line);
        var at = 0;
        foreach (var part in parts)
        {
            var found = text.IndexOf(part, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return null;
            }

            at = found + part.Length;
        }

        var rest = text[at..];
        return new CoderEvent.LimitSeen(
            "limit",
            Used: null,
            told == "at" ? ResetText.At(FirstWord(rest)) : null,
            IsReached: true,
            told == "in" ? ResetText.After(rest) : null
        );
    }

    /// <summary>What follows the word that tells the reset says nothing.</summary>
    private static (string Before, string? Word) Split(string pattern)
    {
        foreach (var word in (string[])["in", "at"])
        {
            var at = pattern.IndexOf($"{{{word}}}", StringComparison.Ordinal);
            if (at >= 0)
            {
                return (pattern[..at], word);
            }
        }

        return (pattern, null);
    }

    private static string FirstWord(string text)
    {
        text = text.TrimStart();
        var end = text.IndexOfAny([' ', '\t', ',', ';', ')', '"']);
        return end < 0 ? text.TrimEnd('.') : text[..end].TrimEnd('.');
    }
}
