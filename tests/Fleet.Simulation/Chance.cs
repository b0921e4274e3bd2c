namespace Fleet.Simulation;

/// <summary>All chance of one simulated world: the same seed gives the same choices on every machine.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong state = (seed * 0x9E37_79B9_7F4A_7C15) + 0x2545_F491_4F6C_DD1D;

    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public bool Percent(int share) => Below(100) < share;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + TimeSpan.FromMilliseconds(Below((int)(most - least).TotalMilliseconds + 1));

    public TimeSpan Milliseconds(int most) => TimeSpan.FromMilliseconds(1 + Below(most));

    public TimeSpan Seconds(int most) => TimeSpan.FromMilliseconds(1 + Below(most * 1000));

    /// <summary>SplitMix64.</summary>
    private ulong Next()
    {
        state += 0x9E37_79B9_7F4A_7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
