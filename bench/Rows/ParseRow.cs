using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Fleet.Bench.Ground;
using Fleet.Coders;
using Fleet.Coders.Claude;
using Fleet.Rules;
using Fleet.Rules.Spending;

namespace Fleet.Bench.Rows;

/// <summary>What it costs to understand a stream, beyond reading its JSON.</summary>
internal sealed record ParseRow()
    : Row(
        "parse",
        "a coder's stream read into events on one core",
        "≥ 200 MB/s or ≥ 300,000 lines/s",
        "the recorded streams of Claude Code as one session, each line through the production reader; against a "
            + "bare `Utf8JsonReader` over the same lines that keeps nothing; in turn."
    )
{
    private const int Rounds = 40;
    private const int Warm = 10;
    private const int Repeats = 40;
    private const double Megabytes = 200;
    private const double Lines = 300_000;

    public override Task<Measured> Measure(Place place)
    {
        var lines = Recorded();
        var bytes = lines.Sum(line => (double)line.Length) * Repeats;
        var (read, bare) = (new Samples(), new Samples());
        for (var round = -Warm; round < Rounds; round++)
        {
            var (events, one) = Timed(() => Read(lines));
            var (tokens, other) = Timed(() => Bare(lines));
            if (events == 0 || tokens == 0)
            {
                throw new InvalidOperationException("nothing was read");
            }

            if (round >= 0)
            {
                read.Add(one);
                bare.Add(other);
            }
        }

        var (speed, pace) = (bytes / 1e3 / read.Median, lines.Length * Repeats * 1e3 / read.Median);
        return Task.FromResult(
            new Measured(
                string.Create(CultureInfo.InvariantCulture, $"{speed:0} MB/s, {pace:#,0} lines/s"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"bare reader {bytes / 1e3 / bare.Median:0} MB/s: {Samples.Text(read.Median / bare.Median)} ×"
                ),
                speed >= Megabytes || pace >= Lines
            )
        );
    }

    /// <summary>A long session: its first line, then everything that the recorded ones hold but theirs.</summary>
    private static byte[][] Recorded()
    {
        var streams = Path.Combine(Root.Path, "tests", "Fleet.Tests", "Coders", "Streams");
        var lines = Directory
            .EnumerateFiles(streams, "claude-*.jsonl")
            .Order(StringComparer.Ordinal)
            .SelectMany(File.ReadAllLines)
            .ToLookup(line => line.Contains("\"subtype\":\"init\"", StringComparison.Ordinal));
        return [.. lines[true].Take(1).Concat(lines[false]).Select(Encoding.UTF8.GetBytes)];
    }

    private static (long Count, TimeSpan Took) Timed(Func<long> work)
    {
        var began = Stopwatch.GetTimestamp();
        var count = work();
        return (count, Stopwatch.GetElapsedTime(began));
    }

    private static long Read(byte[][] lines)
    {
        var events = 0L;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var session = new ClaudeCoder().Open(Request);
            foreach (var line in lines)
            {
                events += session.Take(line).Events.Length;
            }
        }

        return events;
    }

    private static long Bare(byte[][] lines)
    {
        var tokens = 0L;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            foreach (var line in lines)
            {
                var reader = new Utf8JsonReader(line);
                while (reader.Read())
                {
                    tokens++;
                }
            }
        }

        return tokens;
    }

    private static CoderRequest Request =>
        new(new RunId(new TaskId(1), 1), null, null, "", "/", "/", Guid.Empty, null, Usage.Unknown);
}
