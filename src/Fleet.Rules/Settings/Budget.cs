namespace Fleet.Rules.Settings;

/// <summary>What a budget counts.</summary>
public enum Measure
{
    Usd,
    Tokens,
    Minutes,
}

/// <summary>The limit of what may be spent; null means no limit. Also what a run has reserved of such limits.</summary>
public sealed record Budget(decimal? Usd = null, decimal? Minutes = null, long? Tokens = null)
{
    public static readonly Budget Unlimited = new();

    public decimal? Of(Measure measure) =>
        measure switch
        {
            Measure.Usd => Usd,
            Measure.Tokens => Tokens,
            Measure.Minutes => Minutes,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
