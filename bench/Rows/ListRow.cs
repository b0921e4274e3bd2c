using System.Diagnostics;
using Fleet.Bench.Ground;

namespace Fleet.Bench.Rows;

/// <summary>Whether a list costs what it shows, not what exists.</summary>
internal sealed record ListRow()
    : Row(
        "list",
        "`fleet tasks` (first 50 rows, daemon running) with 10,000 tasks vs with 10",
        "≤ 1.3 ×",
        "the whole command from start to exit, on two homes in turn; all tasks are open, which is the hardest case."
    )
{
    private const int Rounds = 40;
    private const int Many = 10_000;
    private const int Few = 10;

    public override async Task<Measured> Measure(Place place)
    {
        await using var many = await Home(place.At("many"), Many);
        await using var few = await Home(place.At("few"), Few);
        var (slow, quick) = (new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            slow.Add(await List(many, Many));
            quick.Add(await List(few, Few));
        }

        var ratio = slow.Median / quick.Median;
        return new Measured($"{slow}", $"with {Few} tasks {quick}: {Samples.Text(ratio)} ×", ratio <= 1.3);
    }

    private static async Task<LiveDaemon> Home(string home, int tasks)
    {
        using var past = new Past();
        past.AddOpen(tasks);
        past.Write(home);
        return await LiveDaemon.Start(home);
    }

    private static async Task<TimeSpan> List(LiveDaemon daemon, int tasks)
    {
        const int shown = 50;
        var began = Stopwatch.GetTimestamp();
        var list = await Shell.Run("/", "env", $"FLEET_HOME={daemon.Home.Root}", Root.Binary, "tasks");
        var took = Stopwatch.GetElapsedTime(began);
        return list.Split('\n').Length >= Math.Min(shown, tasks) ? took : throw new InvalidOperationException(list);
    }
}
