using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.EndToEnd.Chaos;

/// <summary><c>fleet stop --all</c> ends every process of every run, whatever state daemon and keeper are in.</summary>
public sealed class StopTests : IDisposable
{
    private readonly ChaosHome fleet = new();

    public void Dispose() => fleet.Dispose();

    [Theory]
    [InlineData("in good health")]
    [InlineData("daemon stopped")]
    [InlineData("daemon dead")]
    [InlineData("keeper stopped")]
    [InlineData("both stopped")]
    public async Task No_process_of_any_run_is_left_and_nothing_starts_until_a_person_resumes(string state)
    {
        using var daemon = await fleet.Up();
        await fleet.AddRepository();
        TaskId[] tasks = [await fleet.AddRun("one", 600, "g"), await fleet.AddRun("two", 600, "cg")];
        await Soon.Holds(
            () => RunRecord.In(fleet.Records).Count(run => run.Left.Count == 1) == 2,
            "two runs are alive"
        );
        var keeper = Bring(state, daemon);

        Assert.Equal(0, await fleet.Fleet("stop", "--all"));

        Assert.Empty(Bystanders.OfRuns(fleet.Home));
        Assert.All(
            RunRecord.In(fleet.Records).SelectMany(run => run.Left),
            pid => Assert.False(IsAlive(pid), $"{pid}")
        );
        Wake(daemon, keeper);
        using var running = daemon.HasEnded ? await fleet.Up() : daemon;
        await fleet.Settle(tasks);
        Assert.All(await fleet.Tasks(), row => Assert.Equal((1, TaskState.Waiting), (row.Runs, row.State)));
        var later = await fleet.AddRun("later", 1, "");
        Assert.Equal(TaskState.Ready, (await fleet.Tasks()).Single(row => row.Id == later).State);

        Assert.Equal(0, await fleet.Fleet("resume"));
        await fleet.Settle([later]);
        Assert.Equal(tasks.Length + 1, RunRecord.In(fleet.Records).Count());
        new Reckoning(fleet).Holds();
    }

    private static bool IsAlive(int pid) => ProcStat.Read(pid) is { IsDead: false };

    private int Bring(string state, DaemonProcess daemon)
    {
        var keeper = Bystanders.Keeper(fleet.Home) ?? 0;
        if (state is "daemon dead")
        {
            daemon.Kill();
        }

        if (state is "daemon stopped" or "both stopped")
        {
            daemon.Send(Signals.Stop);
        }

        if (state is "keeper stopped" or "both stopped")
        {
            _ = Libc.Kill(keeper, Signals.Stop);
        }

        return keeper;
    }

    private static void Wake(DaemonProcess daemon, int keeper)
    {
        daemon.Send(Signals.Continue);
        _ = Libc.Kill(keeper, Signals.Continue);
    }
}
