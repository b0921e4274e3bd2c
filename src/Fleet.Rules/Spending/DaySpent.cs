using System.Collections.Immutable;

namespace Fleet.Rules.Spending;

/// <summary>What was spent on the newest day (UTC) on which anything was: by the fleet, and by each agent.</summary>
/// <remarks>A day that has passed is forgotten: its budgets are free again by themselves.</remarks>
public sealed record DaySpent(DateOnly Day, Amount Fleet, ImmutableSortedDictionary<string, Amount> Agents)
{
    public static readonly DaySpent Nothing = new(
        DateOnly.MinValue,
        Amount.Nothing,
        ImmutableSortedDictionary<string, Amount>.Empty
    );

    public ImmutableSortedDictionary<string, Amount> Agents { get; init; } =
        Agents.WithComparers(StringComparer.Ordinal);

    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    /// <summary>When the day of a time ends.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset time) =>
        new(DayOf(time).AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>A clock that was set back to an earlier day frees nothing.</summary>
    public DaySpent On(DateTimeOffset time) => DayOf(time) is var day && day > Day ? Nothing with { Day = day } : this;

    public DaySpent Add(DateTimeOffset time, string? agent, Amount spent)
    {
        var day = On(time);
        return day with
        {
            Fleet = day.Fleet + spent,
            Agents = agent is null
                ? day.Agents
                : day.Agents.SetItem(agent, day.Agents.GetValueOrDefault(agent, Amount.Nothing) + spent),
        };
    }
}
