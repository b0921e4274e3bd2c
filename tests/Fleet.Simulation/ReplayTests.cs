namespace Fleet.Simulation;

/// <summary>A seed says everything: worlds can be lived through again.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void The_same_seed_gives_the_same_trace_to_the_byte()
    {
        for (var seed = 0UL; seed < 20; seed++)
        {
            Assert.Equal(Lines(seed), Lines(seed));
        }
    }

    [Fact]
    public void Every_kind_of_fault_strikes_somewhere()
    {
        var missing = Enum.GetValues<Fault>().ToHashSet();
        for (var seed = 0UL; seed < 100 && missing.Count > 0; seed++)
        {
            var fleet = new SimulatedFleet(seed);
            fleet.Run();
            missing.RemoveWhere(fault => fleet.Faults.StrikesOf(fault) > 0);
        }

        Assert.Empty(missing);
    }

    private static IReadOnlyList<string> Lines(ulong seed)
    {
        var fleet = new SimulatedFleet(seed, traced: true);
        fleet.Run();
        return fleet.Trace.Lines;
    }
}
