using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.Tests.Processes;

public sealed class KeeperTests
{
    [Fact]
    public async Task Asking_twice_for_the_same_run_starts_it_once()
    {
        await using var home = await KeeperHome.Open();
        var spec = home.Script("a", "echo started; sleep 300");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => home.Client.Spawn(spec)));

        var started = Assert.Single(answers.OfType<SpawnAnswer.Started>());
        Assert.All(answers.OfType<SpawnAnswer.Already>(), already => Assert.Equal(started.Record, already.Record));
        Assert.Equal(7, answers.OfType<SpawnAnswer.Already>().Count());
    }

    [Fact]
    public async Task Asking_again_after_the_end_tells_how_it_ended()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", "exit 4");
        _ = await home.Ended("a");

        var again = await home.Client.Spawn(home.Script("a", "exit 4"));

        Assert.Equal(4, Assert.IsType<SpawnAnswer.Already>(again).Exit?.Code);
    }

    [Fact]
    public async Task A_daemon_of_a_lower_epoch_is_refused_even_by_the_next_keeper()
    {
        await using var home = await KeeperHome.Open();
        await using var successor = await home.Connect(5);

        Assert.Contains("5", Assert.IsType<SpawnAnswer.Refused>(await home.Client.Spawn(home.Script("a", ":"))).Why);
        Assert.True(Assert.IsType<KeeperAnswer<bool>.Given>(await successor.Leave()).Value);
        _ = await successor.Lost;
        var late = await KeeperClient.Connect(home.Home, new Epoch(4), KeeperHome.Launch(home.Home));

        Assert.Equal(5, Assert.IsType<KeeperMeeting.StaleEpoch>(late).Highest);
        await (await home.Connect(6)).Leave();
    }

    [Fact]
    public async Task A_new_daemon_finds_the_runs_of_the_old_one_and_hears_their_end()
    {
        await using var home = await KeeperHome.Open();
        var record = await home.Start("a", "exec sleep 300");
        await home.Client.DisposeAsync();
        await using var successor = await home.Connect(2);

        var held = Assert.IsType<KeeperAnswer<IReadOnlyList<PieceState>>.Given>(await successor.List()).Value;

        Assert.Equal(record, Assert.Single(held).Record);
        _ = await successor.End("a", KillPlan.Now);
        var ended = await successor.Exits.ReadAsync();
        Assert.Equal("a", ended.Key);
    }

    [Fact]
    public async Task Two_daemons_that_start_at_once_share_one_keeper()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Client.Leave();
        _ = await home.Client.Lost;

        var clients = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => home.Connect(2))));

        Assert.Single(clients.Select(client => client.KeeperPid).Distinct());
        _ = await clients[0].Leave();
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_home_whose_path_is_too_long_for_a_socket_is_served_from_elsewhere()
    {
        await using var home = await KeeperHome.Open(new string('x', 120));

        Assert.Equal("hello\n", await home.OutputOf("a", "echo hello"));
        Assert.False(File.Exists(Path.Combine(home.Home, "keeper.sock")));
        Assert.True(File.Exists(KeeperAddress.Of(home.Home)));
        _ = await home.Client.Leave();
    }

    [Fact]
    public async Task The_keeper_does_not_leave_while_a_run_lives()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", "sleep 300");

        _ = Assert.IsType<KeeperAnswer<bool>.Refused>(await home.Client.Leave());
    }

    [Fact]
    public async Task A_killed_keeper_is_noticed_and_everything_it_held_is_ended_and_lost()
    {
        await using var home = await KeeperHome.Open();
        foreach (var key in (string[])["a", "b", "c"])
        {
            _ = await home.Start(key, Scripts.Nineteen);
        }

        await Eventually.Holds(() => home.Living("a") + home.Living("b") + home.Living("c") == 57);
        home.KillKeeper();
        _ = await home.Client.Lost;

        var directories = StopEverything.PieceDirectories([home.Runs]);
        var report = OrphanRuns.EndAll(directories, KillPlan.Now, DateTimeOffset.UnixEpoch);

        Assert.Equal(57, report.Kill.Processes);
        Assert.Empty(report.Kill.Left);
        Assert.Equal(3, report.LostDirectories.Count);
        Assert.Equal(new ProcessEnd.Lost(), home.FilesOf("b").Exit?.End);
        Assert.Equal(0, home.Living("a") + home.Living("b") + home.Living("c"));
    }

    [Fact]
    public async Task A_run_whose_keeper_died_is_not_started_a_second_time_but_lost()
    {
        await using var home = await KeeperHome.Open();
        var record = await home.Start("a", "exec sleep 300");
        home.KillKeeper();
        await using var next = await home.Connect(1);

        var again = Assert.IsType<SpawnAnswer.Already>(await next.Spawn(home.Script("a", "exec sleep 300")));

        Assert.Equal((record, new ProcessEnd.Lost()), (again.Record, again.Exit?.End));
        Assert.Equal(0, home.Living("a"));
        _ = await next.Leave();
    }

    [Fact]
    public async Task A_spawn_asked_for_again_after_it_was_cut_off_ends_the_half_made_one_first()
    {
        await using var home = await KeeperHome.Open();
        var half = (await home.Start("a", "exec sleep 300")).Tree;
        home.KillKeeper();
        File.Delete(Path.Combine(home.DirectoryOf("a"), PieceFiles.RecordName));
        await using var next = await home.Connect(1);

        _ = Assert.IsType<SpawnAnswer.Started>(await next.Spawn(home.Script("a", "exec sleep 300")));

        Assert.Empty(half.Members(ProcessTable.Scan()));
        Assert.Equal(1, home.Living("a"));
        _ = await next.End("a", KillPlan.Now);
        await Eventually.Holds(() => home.FilesOf("a").Exit is not null);
        _ = await next.Leave();
    }

    [Fact]
    public async Task A_keeper_may_leave_once_the_survivors_of_a_run_have_ended_by_themselves()
    {
        await using var home = await KeeperHome.Open();
        var hold = Path.Combine(home.Home, "hold");
        Assert.Equal(0, Libc.MakeFifo(hold, 0b110_000_000));
        _ = await home.Start("a", $"(setsid sh -c 'read line < {hold}' &); exit 0");

        var ended = await home.Ended("a");
        _ = Assert.IsType<KeeperAnswer<bool>.Refused>(await home.Client.Leave());
        await File.AppendAllTextAsync(hold, "go\n");
        await Eventually.Holds(() => home.Living("a") == 0);

        Assert.InRange(ended.Survivors, 1, 2);
        _ = Assert.IsType<KeeperAnswer<bool>.Given>(await home.Client.Leave());
    }

    [Fact]
    public async Task A_spawn_that_was_cut_off_is_found_by_the_mark_of_its_intent()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", Scripts.Nineteen);
        await Eventually.Holds(() => home.Living("a") == 19);
        home.KillKeeper();
        File.Delete(Path.Combine(home.DirectoryOf("a"), PieceFiles.RecordName));

        var report = OrphanRuns.EndAll([home.DirectoryOf("a")], KillPlan.Now, DateTimeOffset.UnixEpoch);

        Assert.Equal(19, report.Kill.Processes);
        Assert.Equal(new ProcessEnd.Lost(), home.FilesOf("a").Exit?.End);
    }
}
