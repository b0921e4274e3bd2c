namespace Fleet.Rules.Settings;

/// <summary>Of two limits the stricter: a repository can lower what the home sets, never raise it.</summary>
public static class Stricter
{
    public static T Of<T>(T home, T? asked)
        where T : struct, IComparable => asked is { } value && value.CompareTo(home) < 0 ? value : home;

    public static RunLimits Limits(RunLimits home, AskedLimits asked) =>
        new(
            Of(home.Time, asked.Time),
            Of(home.Idle, asked.Idle),
            Of(home.Grace, asked.Grace),
            Of(home.OutputBytes, asked.OutputBytes)
        );

    public static LandingSettings Landing(LandingSettings home, AskedLanding asked) =>
        new(Of(home.Mode, asked.Mode), home.Push && asked.Push != false);

    public static AgentSettings Agent(AgentSettings home, AgentSettings repository) =>
        repository with
        {
            Budget = Budget(home.Budget, repository.Budget),
            DayBudget = Budget(home.DayBudget, repository.DayBudget),
            Plan = home.Plan is AgentPlan.Ask ? AgentPlan.Ask : repository.Plan,
            Permissions = home.Permissions.IsEmpty
                ? repository.Permissions
                : repository.Permissions with
                {
                    Under = home.Permissions,
                },
        };

    public static Budget Budget(Budget home, Budget asked) =>
        new(Lower(home.Usd, asked.Usd), Lower(home.Minutes, asked.Minutes), Lower(home.Tokens, asked.Tokens));

    /// <summary>What a person asked for replaces what is there, up or down.</summary>
    public static RunLimits Asked(this RunLimits limits, AskedLimits asked) =>
        new(
            asked.Time ?? limits.Time,
            asked.Idle ?? limits.Idle,
            asked.Grace ?? limits.Grace,
            asked.OutputBytes ?? limits.OutputBytes
        );

    public static LandingSettings Asked(this LandingSettings landing, AskedLanding asked) =>
        new(asked.Mode ?? landing.Mode, asked.Push ?? landing.Push);

    private static T? Lower<T>(T? home, T? asked)
        where T : struct, IComparable => home is { } limit ? Of(limit, asked) : asked;
}
