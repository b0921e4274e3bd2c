using System.Text;
using Fleet.Daemon.Effects;
using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Runs;
using Fleet.Rules.Tasks;
using Fleet.Settings;

namespace Fleet.Daemon.Conversations;

/// <summary>An agent's job description: the text of its settings, or the file that they name.</summary>
/// <remarks>A repository's file is read from trunk, like its settings: no run can change it for the next one.</remarks>
internal sealed class AgentRoles(FleetHome home, Func<FleetState> state, HubAccess hubs)
{
    private const int Most = 64 * 1024;
    private const int LongestPath = 1_024;

    /// <param name="Unfit">Why it cannot be told.</param>
    internal sealed record Role(string? Text, string? Unfit = null);

    public async Task<Role> Of(FleetTask task, Run run)
    {
        var agent = state().SettingsOf(task.Repository).Agents.FirstOrDefault(known => known.Name == run.Agent);
        if (agent?.Prompt is not { } prompt)
        {
            return new Role(null);
        }

        if (!IsPath(prompt))
        {
            return new Role(prompt);
        }

        var repository = state().Repositories.GetValueOrDefault(task.Repository);
        return repository?.Settings?.Agents.Any(known => known.Name == agent.Name) == true
            ? await OnTrunk(task.Repository, agent.Name, prompt)
            : InHome(agent.Name, prompt);
    }

    /// <summary>One word that looks like a file: a typing error in it must not become the job description.</summary>
    private static bool IsPath(string prompt) =>
        prompt.Length <= LongestPath
        && !prompt.Any(char.IsWhiteSpace)
        && (prompt.Contains('/') || prompt.EndsWith(".md", StringComparison.Ordinal));

    private async Task<Role> OnTrunk(RepositoryName repository, string agent, string path)
    {
        if (await hubs.Of(repository) is not HubAnswer.Open { Hub.Hub: var hub })
        {
            return new Role(null, $"the prompt of agent {agent} cannot be read: the hub of {repository} is closed");
        }

        var file = await hub.Git.WithOutputLimit(Most).Run("cat-file", "blob", $"{FleetRefs.Trunk}:{path}");
        return file.Succeeded
            ? new Role(file.Text)
            : new Role(null, $"the prompt of agent {agent} cannot be read from {path} on trunk: {file.Why}");
    }

    private Role InHome(string agent, string path)
    {
        var place = Path.Combine(home.Root, path);
        try
        {
            using var file = RegularFile.Open(place);
            if (file is null or { Length: > Most })
            {
                return new Role(null, $"the prompt of agent {agent} is no file of at most {Most} bytes: {place}");
            }

            using var text = new StreamReader(file, Encoding.UTF8);
            return new Role(text.ReadToEnd());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Role(null, $"the prompt of agent {agent} cannot be read from {place}: {error.Message}");
        }
    }
}
