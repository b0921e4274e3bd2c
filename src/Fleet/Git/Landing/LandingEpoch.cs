using System.Globalization;
using Fleet.Rules;

namespace Fleet.Git.Landing;

/// <summary>
/// The home's epoch as a ref in the repositories it lands on. One ref per home: several homes may share a remote.
/// </summary>
internal static class LandingEpoch
{
    private const string First = "epoch ";

    public static string Ref(string home) => $"refs/fleet/epoch/{home}";

    public static string Text(Epoch epoch, string home) => $"{First}{epoch} home {home}\n";

    /// <summary>
    /// A text that no earlier push can have had: git leaves an unchanged ref out of a push, and then its lease
    /// guards nothing.
    /// </summary>
    public static string NextText(Epoch epoch, string home, string? previous, string what) =>
        $"{First}{epoch} home {home} {what} after {previous ?? "nothing"}\n";

    /// <summary>The epoch's number, or 0 where there is none or it cannot be read.</summary>
    public static long Number(string text)
    {
        if (!text.StartsWith(First, StringComparison.Ordinal))
        {
            return 0;
        }

        var digits = text.AsSpan(First.Length);
        var end = digits.IndexOf(' ');
        return long.TryParse(
            end < 0 ? digits : digits[..end],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var n
        )
            ? n
            : 0;
    }
}
