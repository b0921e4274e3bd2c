using System.Globalization;

namespace Fleet.Git;

/// <summary>Lets a hub speak to a person's remote with the person's credentials, never prompting.</summary>
internal static class RemoteAccess
{
    // What a repository's own config may say about how to reach its remote.
    private const string Wanted =
        @"^(credential|https?|url|ssh|protocol)\.|^core\.(sshcommand|askpass|gitproxy)$"
        + @"|^remote\..*\.(proxy|proxyauthmethod|uploadpack|receivepack)$";

    /// <summary>
    /// A command in the hub with the person's environment and the access settings of their repository.
    /// </summary>
    public static async Task<GitCommand> For(Hub hub, Repository repository)
    {
        var command = GitCommand.Person(repository.Root).For(hub);
        var config = await repository.Git.Run("config", "--local", "--includes", "-z", "--get-regexp", Wanted);
        var entries = config.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        // By environment, not by argument: a header with a token must not show in the process list.
        for (var i = 0; i < entries.Length; i++)
        {
            var cut = entries[i].IndexOf('\n', StringComparison.Ordinal);
            var number = i.ToString(CultureInfo.InvariantCulture);
            command = command
                .WithVariable($"GIT_CONFIG_KEY_{number}", cut < 0 ? entries[i] : entries[i][..cut])
                .WithVariable($"GIT_CONFIG_VALUE_{number}", cut < 0 ? "true" : entries[i][(cut + 1)..]);
        }

        return command.WithVariable("GIT_CONFIG_COUNT", entries.Length.ToString(CultureInfo.InvariantCulture));
    }
}
