using System.Collections.Immutable;

namespace Fleet.Rules.Settings;

/// <summary>What a person asked for on the command line, for this time only.</summary>
public sealed record AskedByFlag(AskedLimits? Limits = null, TimeSpan? GateTimeout = null, AskedLanding? Landing = null)
{
    public AskedLimits Limits { get; init; } = Limits ?? new AskedLimits();
    public AskedLanding Landing { get; init; } = Landing ?? new AskedLanding();
}

/// <summary>What holds for one repository of a fleet, with each gate's timeout filled in.</summary>
/// <remarks>
/// A flag is a person's word and wins. A repository only lowers the home's limits: of two limits the stricter holds,
/// of two landing modes the one that needs a person, and a push needs both. By name, a repository's agent or coder
/// replaces the home's; its budget stays under the home's.
/// </remarks>
public sealed record EffectiveSettings(
    HomeSettings Home,
    RunLimits Limits,
    LandingSettings Landing,
    ImmutableArray<GateSettings> Gates,
    ImmutableArray<string> Setup,
    WorktreeSettings Worktrees,
    ImmutableArray<AgentSettings> Agents,
    ImmutableArray<CoderSettings> Coders,
    string? Trunk,
    Budget RunBudget,
    Budget TaskBudget
)
{
    /// <summary>The agent of that name; none where nobody defined it.</summary>
    public AgentSettings? Agent(string? name) =>
        Agents.FirstOrDefault(agent => string.Equals(agent.Name, name, StringComparison.Ordinal));

    public static EffectiveSettings Of(
        HomeSettings home,
        RepositorySettings? repository = null,
        AskedByFlag? flags = null
    )
    {
        repository ??= new RepositorySettings();
        flags ??= new AskedByFlag();
        return new EffectiveSettings(
            home,
            Stricter.Limits(home.Limits, repository.Limits).Asked(flags.Limits),
            Stricter.Landing(home.Landing, repository.Landing).Asked(flags.Landing),
            [.. repository.Gates.Select(TimedBy)],
            repository.Setup,
            repository.Worktrees,
            ByName(home.Agents, repository.Agents, agent => agent.Name, Stricter.Agent),
            ByName(home.Coders, repository.Coders, coder => coder.Name, (_, coder) => coder),
            repository.Trunk,
            Stricter.Budget(home.RunBudget, repository.RunBudget),
            Stricter.Budget(home.TaskBudget, repository.TaskBudget)
        );

        GateSettings TimedBy(GateSettings gate) =>
            gate with
            {
                Timeout = flags.GateTimeout ?? Stricter.Of(home.GateTimeout, gate.Timeout),
            };
    }

    private static ImmutableArray<T> ByName<T>(
        ImmutableArray<T> home,
        ImmutableArray<T> repository,
        Func<T, string> name,
        Func<T, T, T> merge
    )
    {
        var left = repository.ToDictionary(name, StringComparer.Ordinal);
        var merged = home.Select(item => left.Remove(name(item), out var other) ? merge(item, other) : item).ToList();
        return [.. merged, .. repository.Where(item => left.ContainsKey(name(item)))];
    }
}
