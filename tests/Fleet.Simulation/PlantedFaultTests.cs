using Fleet.Simulation.Checks;
using Fleet.Simulation.Plants;

namespace Fleet.Simulation;

/// <summary>
/// The simulation has teeth: each mistake made on purpose is found, by the invariant that is meant to find it.
/// </summary>
public sealed class PlantedFaultTests(ITestOutputHelper output)
{
    private const int MostSeeds = 5_000;

    public static TheoryData<string> Names => [.. PlantedFaults.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_planted_fault_is_found(string name)
    {
        var plant = PlantedFaults.All[name];
        var others = new SortedSet<string>(StringComparer.Ordinal);
        for (var seed = 0UL; seed < MostSeeds; seed++)
        {
            var violation = new SimulatedFleet(seed, rules: plant.Rules(), flaws: plant.Flaws).Run();
            if (violation?.Invariant == plant.CaughtBy)
            {
                output.WriteLine($"found at seed {seed}");
                return;
            }

            _ = violation is not null && others.Add($"{violation.Invariant} at seed {seed}");
        }

        Assert.Fail(
            $"{plant.CaughtBy} did not notice in {MostSeeds} seeds; others: {string.Join(", ", others.Take(9))}"
        );
    }

    [Fact]
    public void Each_invariant_is_tripped_by_a_planted_fault()
    {
        var tripped = PlantedFaults.All.Values.Select(p => p.CaughtBy).ToHashSet();
        Assert.Equal(Enum.GetValues<Invariant>().ToHashSet(), tripped);
    }
}
