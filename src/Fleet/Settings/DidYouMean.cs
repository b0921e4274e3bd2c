namespace Fleet.Settings;

/// <summary>Finds the known word that a mistyped one was probably meant to be.</summary>
internal static class DidYouMean
{
    private const int LongestWord = 64;

    /// <summary>The nearest word, when it is near enough: one slip in three letters, and at least one.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        if (typed.Length is 0 or > LongestWord)
        {
            return null;
        }

        var plain = Plain(typed);
        var most = Math.Max(1, typed.Length / 3);
        return known
            .Select(word => (Word: word, Slips: Distance(plain, Plain(word))))
            .Where(near => near.Slips <= most)
            .OrderBy(near => near.Slips)
            .ThenBy(near => near.Word, StringComparer.Ordinal)
            .Select(near => near.Word)
            .FirstOrDefault();
    }

    /// <summary>Letters added, dropped, changed or swapped with their neighbour.</summary>
    public static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Cell(table, left, right, i, j);
            }
        }

        return table[left.Length, right.Length];
    }

    private static int Cell(int[,] table, string left, string right, int i, int j)
    {
        var changed = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
        var least = Math.Min(changed, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return swapped ? Math.Min(least, table[i - 2, j - 2] + 1) : least;
    }

    /// <summary><c>maxConcurrent</c> and <c>max-concurrent</c> are <c>max_concurrent</c> but for style.</summary>
    private static string Plain(string word) =>
        word.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
