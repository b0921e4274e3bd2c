using Fleet.Rules.Settings;

namespace Fleet.Rules.Spending;

/// <summary>What is known to be spent, to be held against a budget: what nobody told of is not in it.</summary>
/// <param name="Usd">As the coder told it, else by list price.</param>
public sealed record Amount(decimal Usd, long Tokens, decimal Minutes)
{
    public static readonly Amount Nothing = new(0, 0, 0);

    /// <param name="list">The money by list price, where the coder told no cost.</param>
    public static Amount Of(Usage spent, decimal? list, TimeSpan time = default) =>
        new((spent.Usd ?? 0) + (list ?? 0), spent.Tokens ?? 0, InMinutes(time));

    public decimal Of(Measure measure) =>
        measure switch
        {
            Measure.Usd => Usd,
            Measure.Tokens => Tokens,
            Measure.Minutes => Minutes,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static Amount operator +(Amount one, Amount other) =>
        new(one.Usd + other.Usd, one.Tokens + other.Tokens, one.Minutes + other.Minutes);

    /// <summary>What of a reservation is still to be spent.</summary>
    public Amount LeftOf(Budget reserved) =>
        new(
            Math.Max(0, (reserved.Usd ?? 0) - Usd),
            Math.Max(0, (reserved.Tokens ?? 0) - Tokens),
            Math.Max(0, (reserved.Minutes ?? 0) - Minutes)
        );

    private static decimal InMinutes(TimeSpan time) => time.Ticks / (decimal)TimeSpan.TicksPerMinute;
}
