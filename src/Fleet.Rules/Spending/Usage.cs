namespace Fleet.Rules.Spending;

/// <summary>What was spent. A figure that a coder does not report is null: unknown, never 0.</summary>
/// <param name="Input">Tokens sent that came from no cache and were written to none.</param>
/// <param name="CacheRead">Tokens sent that the vendor had in its cache.</param>
/// <param name="CacheWrite">Tokens sent that the vendor put into its cache.</param>
/// <param name="Output">Tokens received, those of reasoning included.</param>
/// <param name="Reasoning">The part of the output that was reasoning.</param>
/// <param name="Usd">Money, in US dollars.</param>
public sealed record Usage(
    long? Input = null,
    long? CacheRead = null,
    long? CacheWrite = null,
    long? Output = null,
    long? Reasoning = null,
    decimal? Usd = null
)
{
    public static readonly Usage Unknown = new();

    /// <summary>All tokens that went either way, as far as they are known.</summary>
    public long? Tokens => Sum(Sum(Input, Output), Sum(CacheRead, CacheWrite));

    public static Usage operator +(Usage one, Usage other) =>
        new(
            Sum(one.Input, other.Input),
            Sum(one.CacheRead, other.CacheRead),
            Sum(one.CacheWrite, other.CacheWrite),
            Sum(one.Output, other.Output),
            Sum(one.Reasoning, other.Reasoning),
            one.Usd is null && other.Usd is null ? null : (one.Usd ?? 0) + (other.Usd ?? 0)
        );

    /// <summary>
    /// What a running total grew by since it stood at <paramref name="before"/>; a total that shrank began anew.
    /// </summary>
    public Usage Since(Usage before) =>
        new(
            Growth(Input, before.Input),
            Growth(CacheRead, before.CacheRead),
            Growth(CacheWrite, before.CacheWrite),
            Growth(Output, before.Output),
            Growth(Reasoning, before.Reasoning),
            Usd is not { } now ? null
                : now < (before.Usd ?? 0) ? now
                : now - (before.Usd ?? 0)
        );

    private static long? Sum(long? one, long? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);

    private static long? Growth(long? now, long? before) =>
        now is not { } total ? null
        : total < (before ?? 0) ? total
        : total - (before ?? 0);
}
