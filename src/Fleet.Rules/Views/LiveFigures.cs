using Fleet.Rules.Spending;

namespace Fleet.Rules.Views;

/// <summary>What only the daemon's watch of live runs knows: figures that are never events.</summary>
/// <param name="Figures">What its coder's stream tells; none of a command.</param>
public sealed record LiveRun(RunId Run, DateTimeOffset LastOutput, long OutputBytes, LiveFigures? Figures = null);

/// <summary>What a coder's stream told of its run so far. What it does not tell is null: unknown, never 0.</summary>
/// <param name="Spent">Of this run alone.</param>
/// <param name="IsEstimated">Some of that is Fleet's estimate.</param>
/// <param name="ContextTokens">How full the model's context is.</param>
/// <param name="ContextSize">How much fits into it.</param>
/// <param name="Retries">How often it tried a failed request again by itself.</param>
/// <param name="Last">The newest thing that it told, in words of at most one line.</param>
public sealed record LiveFigures(
    Usage Spent,
    bool IsEstimated,
    long? ContextTokens,
    long? ContextSize,
    int Retries,
    LiveLimit? Limit,
    string Last
)
{
    /// <summary>From 0 to 1.</summary>
    public double? ContextShare =>
        ContextTokens is { } used && ContextSize is > 0 and var size ? Math.Round((double)used / size, 4) : null;
}

/// <summary>The fullest window of the account, as the run heard of it.</summary>
public sealed record LiveLimit(string Window, double? Used, DateTimeOffset? ResetsAt, bool IsReached);
