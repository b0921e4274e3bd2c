using System.Diagnostics;
using Fleet.Processes;

namespace Fleet.Tests.Processes;

public sealed class StopEverythingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Nothing_is_left_even_when_the_keeper_is_stopped()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", Scripts.Nineteen);
        _ = await home.Start("b", Scripts.Escape);
        await Eventually.Holds(() => home.Living("a") == 19 && home.Living("b") == 1);
        _ = Libc.Kill(home.Client.KeeperPid, Signals.Stop);

        var report = Stop(home);

        Assert.Equal((2, 20, 0), (report.Pieces, report.Kill.Processes, report.Kill.Left.Count));
        Assert.Equal(0, home.Living("a") + home.Living("b"));
    }

    [Fact]
    public async Task A_hundred_trees_are_ended_at_once()
    {
        await using var home = await KeeperHome.Open();
        var starts = Enumerable.Range(0, 100).Select(i => home.Start($"r{i}", "setsid sleep 300 & exec sleep 300"));
        _ = await Task.WhenAll(starts);
        var watch = Stopwatch.StartNew();

        var report = Stop(home);

        Assert.Empty(report.Kill.Left);
        Assert.Equal(100, report.Pieces);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"it took {watch.Elapsed}");
    }

    [Fact]
    public async Task A_halted_home_starts_nothing_until_it_is_lifted()
    {
        await using var home = await KeeperHome.Open();
        Assert.Null(Halt.Place(home.Home, "ann", "enough", Noon));

        Assert.Contains(
            "halted",
            Assert.IsType<SpawnAnswer.Refused>(await home.Client.Spawn(home.Script("a", ":"))).Why
        );
        Assert.Equal(new HaltNote("ann", "enough", Noon), Halt.Read(home.Home));
        Assert.True(Halt.Lift(home.Home));
        Assert.Null(Halt.Read(home.Home));
        _ = await home.Start("a", ":");
    }

    [Fact]
    public async Task A_run_born_while_the_halt_was_placed_does_not_live()
    {
        await using var home = await KeeperHome.Open();
        var starts = Enumerable.Range(0, 40).Select(i => home.Client.Spawn(home.Script($"r{i}", "sleep 300"))).ToList();

        var report = Stop(home);
        _ = await Task.WhenAll(starts);

        Assert.Empty(report.Kill.Left);
        Assert.All(
            StopEverything.PieceDirectories([home.Runs]),
            directory => Assert.Empty(new PieceFiles(directory).Tree!.Members(ProcessTable.Scan()))
        );
    }

    [Fact]
    public async Task A_halt_placed_in_the_middle_of_a_spawn_ends_what_was_spawned()
    {
        await using var home = await KeeperHome.Open();
        _ = Directory.CreateDirectory(home.DirectoryOf("a"));
        var gate = Path.Combine(home.DirectoryOf("a"), "output");
        Assert.Equal(0, Libc.MakeFifo(gate, 0b110_000_000));
        // The keeper has passed its first look at the halt file and waits in open for a reader of the output.
        var spawning = home.Client.Spawn(home.Script("a", "exec sleep 300"));
        await Eventually.Holds(() => home.FilesOf("a").Intent is not null);

        _ = Halt.Place(home.Home, "ann", "enough", Noon);
        await using var reader = new FileStream(gate, FileMode.Open, FileAccess.Read);

        _ = Assert.IsType<SpawnAnswer.Refused>(await spawning);
        Assert.Equal(0, home.Living("a"));
    }

    [Fact]
    public async Task A_damaged_record_is_named_and_hides_no_other()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", "sleep 300");
        _ = await home.Start("b", ":");
        await File.WriteAllTextAsync(Path.Combine(home.DirectoryOf("b"), PieceFiles.RecordName), "{");

        var report = Stop(home);

        Assert.Contains(home.DirectoryOf("b"), Assert.Single(report.Unreadable));
        Assert.Equal(0, home.Living("a"));
        Directory.Delete(home.DirectoryOf("b"), recursive: true);
    }

    private static StopReport Stop(KeeperHome home) => StopEverything.Now(home.Home, [home.Runs], "ann", "test", Noon);
}
