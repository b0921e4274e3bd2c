using System.Text.RegularExpressions;
using Fleet.Daemon;

namespace Fleet.Tests.Daemon;

public sealed partial class DaemonLogTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fleet-daemon-log-");
    private readonly StoppedClock clock = new();
    private readonly DaemonLog log;

    public DaemonLogTests() => log = new DaemonLog(Path, clock);

    private string Path => System.IO.Path.Combine(folder.FullName, "daemon.log");

    public void Dispose()
    {
        log.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void An_entry_starts_with_its_time_in_utc()
    {
        log.Write("serving");

        Assert.Equal("2026-11-21T12:00:00.007Z serving\n", File.ReadAllText(Path));
    }

    [Fact]
    public void Only_an_entry_starts_at_the_margin_and_control_characters_are_dropped()
    {
        log.Write("first\r\n2026-11-21T12:00:00.000Z forged\u001b[31m\0\n");

        Assert.Equal("2026-11-21T12:00:00.007Z first\n  2026-11-21T12:00:00.000Z forged[31m\n", File.ReadAllText(Path));
    }

    [Fact]
    public void Three_files_of_five_megabytes_are_the_most_it_keeps()
    {
        const int most = 5 * 1024 * 1024;
        log.RotateAt = most;
        var entry = new string('x', 60_000);
        for (var i = 0; i < 6 * most / entry.Length; i++)
        {
            log.Write($"{i} {entry}");
        }

        var files = folder.GetFiles();
        Assert.Equal(["daemon.log", "daemon.log.1", "daemon.log.2"], files.Select(file => file.Name).Order());
        Assert.All(files, file => Assert.InRange(file.Length, 1, most));
        Assert.True(Number(Path) > Number(Path + ".1") && Number(Path + ".1") > Number(Path + ".2"));
    }

    [Fact]
    public void A_restarted_daemon_goes_on_in_the_same_file()
    {
        log.Write("one");
        using var next = new DaemonLog(Path, clock);
        next.Write("two");

        Assert.Equal(2, File.ReadAllLines(Path).Length);
    }

    [Fact]
    public void Many_threads_write_whole_entries()
    {
        Parallel.For(0, 500, i => log.Write($"entry {i} end"));

        var lines = File.ReadAllLines(Path);
        Assert.Equal(500, lines.Length);
        Assert.All(lines, line => Assert.Matches(WholeEntry(), line));
    }

    [Fact]
    public void What_could_not_be_written_is_counted_and_said()
    {
        var missing = System.IO.Path.Combine(folder.FullName, "later", "daemon.log");
        using var early = new DaemonLog(missing, clock);
        early.Write("one");
        early.Write("two");

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(missing)!);
        early.Write("three");

        var lines = File.ReadAllLines(missing);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("2 entries could not be written here", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_entry_is_cut()
    {
        log.Write(new string('x', 10_000_000));

        Assert.InRange(new FileInfo(Path).Length, 1, 100_000);
    }

    private static int Number(string path) => int.Parse(File.ReadLines(path).First().Split(' ')[1]);

    [GeneratedRegex(@"^2026-11-21T12:00:00\.007Z entry \d+ end$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WholeEntry();

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 21, 12, 0, 0, 7, TimeSpan.Zero);
    }
}
