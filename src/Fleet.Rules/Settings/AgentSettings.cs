using System.Collections.Immutable;

namespace Fleet.Rules.Settings;

/// <summary>What an agent's success is: a commit (build), a valid answer (refine, review), an event (watch).</summary>
public enum AgentPurpose
{
    Build,
    Refine,
    Review,
    Watch,
}

/// <summary>Whether an agent begins at once, or only once a person approved its plan.</summary>
public enum AgentPlan
{
    Free,
    Ask,
}

/// <summary>A named role: who thinks, what for, where, and for how much.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="Coder">The coder's name; null lets the route choose.</param>
/// <param name="Model">The coder's model; null is the coder's default.</param>
/// <param name="Purpose">What success is.</param>
/// <param name="Prompt">The job description, or the path of its file.</param>
/// <param name="Paths">Globs of what it may change; none means everything.</param>
/// <param name="Budget">What one run may spend.</param>
/// <param name="DayBudget">What all its runs may spend in one day.</param>
/// <param name="Plan">Whether a person reads its plan first.</param>
/// <param name="Permissions">Its own rules about tool calls.</param>
public sealed record AgentSettings(
    string Name,
    string? Coder = null,
    string? Model = null,
    AgentPurpose Purpose = AgentPurpose.Build,
    string? Prompt = null,
    ImmutableArray<string> Paths = default,
    Budget? Budget = null,
    Budget? DayBudget = null,
    AgentPermissions? Permissions = null,
    AgentPlan Plan = AgentPlan.Free
)
{
    public ImmutableArray<string> Paths { get; init; } = Paths.IsDefault ? [] : Paths;
    public Budget Budget { get; init; } = Budget ?? Settings.Budget.Unlimited;
    public Budget DayBudget { get; init; } = DayBudget ?? Settings.Budget.Unlimited;
    public AgentPermissions Permissions { get; init; } = Permissions ?? new AgentPermissions();
}
