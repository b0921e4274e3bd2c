using System.Diagnostics;
using Fleet.Bench.Ground;

namespace Fleet.Bench.Rows;

/// <summary>How soon a daemon serves that has a long past to read.</summary>
internal sealed record ServeRow()
    : Row(
        "serve",
        "daemon start to serving with 100,000 events",
        "≤ 2 s",
        "from the start of the process to its first answer; killed before, so no snapshot helps and every event is "
            + "read; against the same start on an empty home."
    )
{
    private const int Rounds = 5;
    private const int Events = 100_000;

    public override async Task<Measured> Measure(Place place)
    {
        using var past = new Past();
        while (past.Events < Events)
        {
            past.LandMany(100);
        }

        past.Write(place.At("long"));
        var (full, empty) = (new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            full.Add(await Start(place.At("long")));
            empty.Add(await Start(place.At("empty")));
        }

        return new Measured(
            $"{full} with {past.Events} events",
            $"empty home {empty}: {Samples.Text(full.Median / empty.Median)} ×",
            full.P95 <= 2000
        );
    }

    private static async Task<TimeSpan> Start(string home)
    {
        var began = Stopwatch.GetTimestamp();
        await using var daemon = await LiveDaemon.Start(home);
        return Stopwatch.GetElapsedTime(began);
    }
}
