using System.Globalization;

namespace Fleet.Git;

/// <summary>Who a commit says made it.</summary>
internal sealed record Identity(string Name, string Email)
{
    /// <summary>Stands in where the person has told git no name.</summary>
    public static readonly Identity Unknown = new("Fleet", "fleet@localhost");

    /// <summary>Signs commits of that command with this identity at that moment.</summary>
    public GitCommand Sign(GitCommand command, DateTimeOffset at)
    {
        var moment = string.Create(CultureInfo.InvariantCulture, $"@{at.ToUnixTimeSeconds()} +0000");
        return command
            .WithVariable("GIT_AUTHOR_NAME", Name)
            .WithVariable("GIT_AUTHOR_EMAIL", Email)
            .WithVariable("GIT_AUTHOR_DATE", moment)
            .WithVariable("GIT_COMMITTER_NAME", Name)
            .WithVariable("GIT_COMMITTER_EMAIL", Email)
            .WithVariable("GIT_COMMITTER_DATE", moment);
    }
}
