using System.Globalization;

namespace Fleet.Coders.Codex;

/// <summary>Codex tells of its retries in words: <c>Reconnecting... 1/2 (why)</c>.</summary>
internal static class CodexRetries
{
    private const string Beginning = "Reconnecting";

    /// <summary>Null where the words tell of no retry.</summary>
    public static int? Attempt(string words)
    {
        if (!words.StartsWith(Beginning, StringComparison.Ordinal))
        {
            return null;
        }

        var number = words.AsSpan(Beginning.Length).TrimStart(".… ");
        var slash = number.IndexOf('/');
        return slash > 0 && int.TryParse(number[..slash], CultureInfo.InvariantCulture, out var attempt)
            ? attempt
            : null;
    }
}
