namespace Fleet.Rules.Agents;

/// <summary>The single commands of a command line, as far as its text tells.</summary>
/// <remarks>Quotes are not understood: a separator in them gives a part too many, never one too few.</remarks>
internal static class ShellParts
{
    private static readonly char[] Separators = ['\n', '\r', ';', '&', '|', '(', ')', '`', '{', '}', '$'];

    /// <summary>Without the variables that stand before a command.</summary>
    public static List<string> Of(string line) =>
        [
            .. line.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(Bare)
                .Where(part => part.Length > 0),
        ];

    private static string Bare(string part)
    {
        while (part.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank && IsVariable(part.AsSpan(0, blank)))
        {
            part = part[(blank + 1)..].TrimStart();
        }

        return part;
    }

    private static bool IsVariable(ReadOnlySpan<char> word)
    {
        var equals = word.IndexOf('=');
        return equals > 0 && word[..equals].IndexOfAnyExcept(Names) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> Names = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );
}
