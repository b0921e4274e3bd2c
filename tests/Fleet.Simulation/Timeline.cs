namespace Fleet.Simulation;

/// <summary>Virtual time: what will happen, in order; ties happen in the order in which they were planned.</summary>
internal sealed class Timeline
{
    private static readonly DateTimeOffset Dawn = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> plans = new();
    private long order;

    public DateTimeOffset Now { get; private set; } = Dawn;

    public TimeSpan Elapsed => Now - Dawn;

    public void In(TimeSpan delay, Action act) => plans.Enqueue(act, (Now + delay, order++));

    public void At(DateTimeOffset at, Action act) => plans.Enqueue(act, (at < Now ? Now : at, order++));

    /// <summary>Does the next thing that is due before an end; false when there is none.</summary>
    public bool Advance(DateTimeOffset end)
    {
        if (!plans.TryPeek(out _, out var next) || next.At > end)
        {
            return false;
        }

        var act = plans.Dequeue();
        Now = next.At > Now ? next.At : Now;
        act();
        return true;
    }

    /// <summary>The clock jumps forwards: what was planned for the time in between happens now.</summary>
    public void Jump(TimeSpan by) => Now += by;
}
