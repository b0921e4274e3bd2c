using System.Collections.Concurrent;

namespace Fleet.Simulation;

/// <summary>Many worlds, each from its seed; a seed that fails is named with the command that replays it.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int MostFailures = 20;

    [Fact]
    public void Every_seed_is_safe_and_comes_to_an_end()
    {
        if (ulong.TryParse(Environment.GetEnvironmentVariable("FLEET_SEED"), out var one))
        {
            Replay(one);
            return;
        }

        var failures = new ConcurrentBag<(int Seed, string What)>();
        long events = 0;
        Parallel.For(
            0,
            Seeds(),
            (seed, all) =>
            {
                var fleet = new SimulatedFleet((ulong)seed);
                if (fleet.Run() is { } violation)
                {
                    failures.Add((seed, violation.Message.Split('\n')[0]));
                }

                Interlocked.Add(ref events, fleet.Events);
                if (failures.Count >= MostFailures)
                {
                    all.Stop();
                }
            }
        );
        output.WriteLine($"{events} events");
        var lines = failures.OrderBy(f => f.Seed).Select(f => $"./check sim --seed {f.Seed}   {f.What}");
        Assert.True(failures.IsEmpty, string.Join('\n', lines));
    }

    private static void Replay(ulong seed)
    {
        var fleet = new SimulatedFleet(seed, traced: true);
        var violation = fleet.Run();
        foreach (var line in fleet.Trace.Lines)
        {
            Console.WriteLine(line);
        }

        Assert.True(violation is null, violation?.Message);
    }

    private static int Seeds() => Environment.GetEnvironmentVariable("FLEET_LONG") is { Length: > 0 } ? 100_000 : 1_000;
}
