using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>
/// For CI: whoever started the daemon with <c>FLEET_TRUST=all</c> consents to every repository's commands.
/// </summary>
internal static class ConsentToAll
{
    public const string Variable = "FLEET_TRUST";
    private const string All = "all";

    public static bool IsGiven() =>
        string.Equals(Environment.GetEnvironmentVariable(Variable), All, StringComparison.Ordinal);

    /// <summary>Recorded like any consent, in the name of the variable.</summary>
    public static async Task Give(Pump pump, RepositoryName name, string commandsHash, CancellationToken stop)
    {
        if (pump.State.Repositories.TryGetValue(name, out var repository))
        {
            var request = new Request.Trust(repository.Root, commandsHash);
            var who = Actor.Human($"{Variable}={All}");
            await pump.Ask(new Input.Asked($"trust-{name}-{commandsHash}", who, request), stop);
        }
    }
}
