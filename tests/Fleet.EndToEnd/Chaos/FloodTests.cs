using System.Security.Cryptography;
using Fleet.Daemon;
using Fleet.Rules;

namespace Fleet.EndToEnd.Chaos;

/// <summary>
/// Runs that print far too much, and things that are no text: memory stays bounded, every byte is kept.
/// </summary>
public sealed class FloodTests : IDisposable
{
    private const long Megabyte = 1L << 20;
    private const long MostGrowth = 50 * Megabyte;

    private readonly ChaosHome fleet = new();

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task A_flood_is_kept_to_the_last_byte_and_costs_no_memory()
    {
        var size = (ChaosSuite.IsLong ? 5_000 : 100) * Megabyte;
        Assert.Equal(0, await fleet.Fleet("config", "set", "limits.output=8GiB"));
        using var daemon = await fleet.Up();
        await fleet.AddRepository();
        await fleet.Settle([await fleet.AddRun("warm", 1, "")]);
        var (before, most) = (Resident(daemon.Pid), 0L);
        using var watched = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!watched.IsCancellationRequested)
            {
                most = Math.Max(most, Resident(daemon.Pid));
                _ = await fleet.Tasks();
                await Task.Delay(20);
            }
        });

        // It stays for a moment, so that the daemon's watch, which looks once a second, has seen all of it.
        var flood = await fleet.Add(
            "flood",
            $"yes 'a line of a flood' | head -c {size}; sleep 1.5; echo done > flood.txt"
        );
        await fleet.Settle([flood], seconds: ChaosSuite.IsLong ? 600 : 60);
        await watched.CancelAsync();
        await watching;

        Assert.True(most - before < MostGrowth, $"grew from {before} to {most}");
        var (length, line) = Checked(Transcript(flood), "a line of a flood\n"u8);
        Assert.Equal((size, true), (length, line));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_arrive_as_they_were_sent()
    {
        var bytes = new byte[300_000];
        new Random(ChaosSuite.Seed).NextBytes(bytes);
        "\0\0\xFF\xFEhalf\r a line"u8.CopyTo(bytes);
        var file = Path.Combine(fleet.Root, "bytes");
        await File.WriteAllBytesAsync(file, bytes);
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await fleet.Add("bytes", $"cat '{file}'; echo done > bytes.txt");
        await fleet.Settle([task]);

        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(await File.ReadAllBytesAsync(Transcript(task))));
        Assert.Equal(0, await fleet.Fleet("task", task.ToString(), "log"));
    }

    private string Transcript(TaskId task) => RunFiles.Transcript(fleet.Home.Run(new RunId(task, 1)));

    /// <summary>How long a file is, and whether it is one line again and again.</summary>
    private static (long Length, bool IsOneLine) Checked(string path, ReadOnlySpan<byte> line)
    {
        using var file = File.OpenRead(path);
        var (buffer, length) = (new byte[line.Length * 10_000], 0L);
        var expected = new byte[buffer.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            expected[i] = line[i % line.Length];
        }

        while (file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var count)
        {
            length += count;
            if (!buffer.AsSpan(0, count).SequenceEqual(expected.AsSpan(0, count)))
            {
                return (length, false);
            }
        }

        return (length, true);
    }

    private static long Resident(int pid)
    {
        const string title = "VmRSS:";
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith(title, StringComparison.Ordinal));
        return long.Parse(line[title.Length..^2].Trim()) * 1024;
    }
}
