using Fleet.Processes;

namespace Fleet.Tests.Processes;

public sealed class KillLadderTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(150);

    [Fact]
    public async Task A_grandchild_that_left_session_parents_and_environment_is_counted_and_ended()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", Scripts.Escape);

        var ended = await home.Ended("a");
        await Eventually.Holds(() => home.Living("a") == 1);
        var report = await End(home, "a", KillPlan.Now);

        Assert.Equal(0, ended.Exit.Code);
        Assert.Equal(KillStep.Killed, report.Step);
        Assert.Equal(0, home.Living("a"));
    }

    [Fact]
    public async Task A_tree_that_refuses_every_polite_signal_is_ended_whole()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", Scripts.Nineteen);
        await Eventually.Holds(() => home.Living("a") == 19);

        var report = await End(home, "a", KillPlan.Asking(Signals.Interrupt, Short));

        Assert.Equal((KillStep.Killed, 19, 0), (report.Step, report.Processes, report.Left.Count));
        Assert.Equal(0, home.Living("a"));
    }

    [Fact]
    public async Task A_run_that_ends_when_asked_is_not_killed()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", "trap 'exit 5' INT; echo ready; while :; do sleep 0.01; done");
        await Eventually.Holds(() => OutputWatch.Look(Path.Combine(home.DirectoryOf("a"), "output")).Bytes > 0);

        var report = await End(home, "a", KillPlan.Asking(Signals.Interrupt, TimeSpan.FromSeconds(10)));

        Assert.Equal(5, (await home.Ended("a")).Exit.Code);
        Assert.NotEqual(KillStep.Killed, report.Step);
    }

    [Fact]
    public async Task A_run_that_ends_on_SIGTERM_leaves_by_its_own_code()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", "trap 'exit 6' TERM; echo ready; while :; do sleep 0.01; done");
        await Eventually.Holds(() => OutputWatch.Look(Path.Combine(home.DirectoryOf("a"), "output")).Bytes > 0);

        var report = await End(home, "a", KillPlan.Patient(TimeSpan.FromSeconds(10)));

        Assert.Equal(KillStep.Terminated, report.Step);
        Assert.Equal(6, (await home.Ended("a")).Exit.Code);
    }

    [Fact]
    public async Task A_tree_that_keeps_forking_sessions_is_caught()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", Scripts.Forker);
        await Eventually.Holds(() => home.Living("a") > 20);

        var report = await End(home, "a", KillPlan.Now);

        Assert.Empty(report.Left);
        Assert.Equal(0, home.Living("a"));
    }

    [Fact]
    public async Task A_frozen_tree_stands_still_and_goes_on_after_the_thaw()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", "setsid sh -c 'while :; do echo x; sleep 0.01; done' & wait");
        var output = Path.Combine(home.DirectoryOf("a"), "output");
        await Eventually.Holds(() => OutputWatch.Look(output).Bytes > 0);

        Assert.True(Assert.IsType<KeeperAnswer<bool>.Given>(await home.Client.Freeze("a")).Value);
        var members = home.FilesOf("a").Tree!.Members(ProcessTable.Scan());
        var frozenAt = OutputWatch.Look(output).Bytes;

        Assert.All(members, member => Assert.True(member.IsHalted, member.ToString()));
        Assert.Equal(frozenAt, OutputWatch.Look(output).Bytes);
        Assert.True(Assert.IsType<KeeperAnswer<bool>.Given>(await home.Client.Thaw("a")).Value);
        await Eventually.Holds(() => OutputWatch.Look(output).Bytes > frozenAt);
    }

    [Fact]
    public async Task A_frozen_tree_can_be_asked_to_end()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", "trap 'exit 6' TERM; echo ready; while :; do sleep 0.01; done");
        await Eventually.Holds(() => OutputWatch.Look(Path.Combine(home.DirectoryOf("a"), "output")).Bytes > 0);
        _ = await home.Client.Freeze("a");

        var report = await End(home, "a", KillPlan.Patient(TimeSpan.FromSeconds(10)));

        Assert.Equal(KillStep.Terminated, report.Step);
    }

    [Fact]
    public async Task A_process_that_took_over_a_number_is_never_signalled()
    {
        await using var home = await KeeperHome.Open();
        var record = await home.Start("a", "exec sleep 300");
        var other = new ProcessIdentity(record.Boot, record.Pid, record.StartTicks + 1);

        Assert.False(other.Signal(Signals.Kill));
        Assert.Equal(KillStep.AlreadyGone, KillLadder.Climb([new ProcessTree(other, null)], KillPlan.Now).Step);
        Assert.Equal(1, home.Living("a"));
    }

    [Fact]
    public async Task A_record_of_an_earlier_boot_names_no_process()
    {
        await using var home = await KeeperHome.Open();
        var record = await home.Start("a", "exec sleep 300");
        var before = new ProcessIdentity("an earlier boot", record.Pid, record.StartTicks);

        Assert.False(before.IsAlive);
        Assert.False(before.Signal(Signals.Kill));
    }

    [Fact]
    public async Task A_busy_tree_shows_in_its_processor_time()
    {
        await using var home = await KeeperHome.Open();
        _ = await home.Start("busy", "setsid sh -c 'while :; do :; done' & wait");
        _ = await home.Start("idle", "sleep 300");

        await Eventually.Holds(() => CpuOf(home, "busy") > TimeSpan.FromMilliseconds(50));

        Assert.True(CpuOf(home, "idle") < TimeSpan.FromMilliseconds(50));
    }

    private static TimeSpan CpuOf(KeeperHome home, string key) => home.FilesOf(key).Tree!.CpuTime(ProcessTable.Scan());

    private static async Task<KillReport> End(KeeperHome home, string key, KillPlan plan) =>
        Assert.IsType<KeeperAnswer<KillReport>.Given>(await home.Client.End(key, plan)).Value;
}
