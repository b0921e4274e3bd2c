using System.Globalization;
using System.Text.RegularExpressions;

namespace Fleet.Git;

/// <summary>The git on PATH, and whether it can do what Fleet needs.</summary>
internal static partial class GitVersion
{
    public static readonly Version Needed = new(2, 38);

    /// <summary>Null when it will do; else what is wrong and what to do about it.</summary>
    public static async Task<string?> Complaint()
    {
        var outcome = await GitCommand.Hub("/").Run("version");
        return outcome.Succeeded ? ComplaintAbout(outcome.Text) : outcome.Why;
    }

    public static string? ComplaintAbout(string answer)
    {
        var match = Number().Match(answer);
        if (!match.Success)
        {
            return $"git answered \"{answer}\" when asked for its version; Fleet needs git {Needed} or newer.";
        }

        var found = new Version(Part(match, "major"), Part(match, "minor"));
        return found >= Needed
            ? null
            : $"git {found} is too old: Fleet merges without a checkout, which needs git {Needed}. "
                + "Install a newer git and put it first on PATH.";
    }

    private static int Part(Match match, string name) =>
        int.Parse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^git version (?<major>[0-9]{1,4})\.(?<minor>[0-9]{1,4})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Number();
}
