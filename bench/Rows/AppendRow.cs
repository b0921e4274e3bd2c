using System.Diagnostics;
using System.Text;
using Fleet.Bench.Ground;
using Fleet.Log;
using Fleet.Log.Sqlite;

namespace Fleet.Bench.Rows;

/// <summary>What chain, database and write-ahead file add to the flush that durability costs anyway.</summary>
internal sealed record AppendRow()
    : Row(
        "append",
        "durable append of a group of 50 events",
        "within 2 × of a raw group commit",
        "`Append` of the production log, against the same bytes written to the end of a file in one write and fsync; "
            + "in turn, on the same disk."
    )
{
    private const int Rounds = 400;
    private const int Warm = 50;
    private const int Group = 50;

    public override Task<Measured> Measure(Place place)
    {
        Directory.CreateDirectory(place.At("log"));
        using var log = ((LogOpening.Opened)SqliteLog.Open(Path.Combine(place.At("log"), "fleet.db"))).Log;
        using var file = File.OpenHandle(place.At("raw"), FileMode.CreateNew, FileAccess.ReadWrite);
        var (appended, raw) = (new Samples(), new Samples());
        for (var round = -Warm; round < Rounds; round++)
        {
            var events = Events(round);
            var bytes = Encoding.UTF8.GetBytes(string.Concat(events.Select(e => $"{e}\n")));
            var (took, floor) = (Append(log, events), Write(file, bytes));
            if (round >= 0)
            {
                appended.Add(took);
                raw.Add(floor);
            }
        }

        var ratio = appended.Median / raw.Median;
        return Task.FromResult(
            new Measured($"{appended}", $"raw group commit {raw}: {Samples.Text(ratio)} ×", ratio <= 2)
        );
    }

    private static NewEvent[] Events(int round) =>
        [
            .. Enumerable
                .Range(0, Group)
                .Select(i => new NewEvent(
                    "task.added",
                    DateTimeOffset.UtcNow,
                    "human:bench",
                    Cause: null,
                    Task: (round * Group) + i,
                    Run: null,
                    $$"""{"brief":{"command":["./tools/update.sh"],"title":"Bring module {{i}} up"},"id":{{i}}}"""
                )),
        ];

    private static TimeSpan Append(IEventLog log, NewEvent[] events)
    {
        var head = log.Head();
        var began = Stopwatch.GetTimestamp();
        var outcome = log.Append(head, events);
        var took = Stopwatch.GetElapsedTime(began);
        return outcome is AppendOutcome.Appended ? took : throw new InvalidOperationException($"{outcome}");
    }

    private static TimeSpan Write(Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] bytes)
    {
        var began = Stopwatch.GetTimestamp();
        RandomAccess.Write(file, bytes, RandomAccess.GetLength(file));
        RandomAccess.FlushToDisk(file);
        return Stopwatch.GetElapsedTime(began);
    }
}
