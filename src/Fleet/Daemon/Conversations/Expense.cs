using Fleet.Rules.Spending;

namespace Fleet.Daemon.Conversations;

/// <summary>What a run's turn has spent so far, and when that is worth telling.</summary>
internal sealed class Expense(TimeProvider clock)
{
    /// <summary>How often it is told while it grows, at most.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    private Usage told = Usage.Unknown;
    private DateTimeOffset toldAt;

    public Usage Spent { get; private set; } = Usage.Unknown;

    /// <summary>False once some of it is Fleet's estimate.</summary>
    public bool IsExact { get; private set; } = true;

    public void Add(Usage delta, bool isExact) => (Spent, IsExact) = (Spent + delta, IsExact && isExact);

    /// <param name="unsettled">What was spent since the coder last told it, by Fleet's estimate.</param>
    /// <returns>The sum, where it grew since it was last told and that was long enough ago.</returns>
    public Usage? News(Usage? unsettled)
    {
        var soFar = unsettled is { } estimate ? Spent + estimate : Spent;
        var now = clock.GetUtcNow();
        if (soFar == told || now - toldAt < TellEvery)
        {
            return null;
        }

        (told, toldAt) = (soFar, now);
        return soFar;
    }
}
