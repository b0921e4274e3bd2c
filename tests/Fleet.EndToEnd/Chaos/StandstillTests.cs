using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Attention;

namespace Fleet.EndToEnd.Chaos;

/// <summary>Frozen runs stand still; a new daemon takes over runs that live, frozen or not.</summary>
public sealed class StandstillTests : IDisposable
{
    private readonly ChaosHome fleet = new();

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task Frozen_runs_print_nothing_also_under_a_new_daemon_until_they_are_resumed()
    {
        var daemon = await fleet.Up();
        await fleet.AddRepository();
        TaskId[] tasks = [await fleet.AddRun("one", 6, "g"), await fleet.AddRun("two", 6, "cg")];
        await Soon.Holds(() => Bystanders.OfRuns(fleet.Home).Count >= 6, "two trees are alive");

        Assert.Equal(0, (await fleet.Ask(new Request.Pause(PauseKind.Freeze))).Code);
        await Soon.Holds(AllStandStill, "all stand still");
        var printed = Printed();
        daemon.Kill();
        daemon = await fleet.Up();
        await Soon.Holds(async () => (await fleet.Tasks()).Count == 2, () => "the new daemon knows them");

        Assert.True(AllStandStill(), "something woke up");
        Assert.Equal(printed, Printed());
        Assert.Equal(0, (await fleet.Ask(new Request.Resume())).Code);
        await fleet.Settle(tasks);
        Assert.All(RunRecord.In(fleet.Records), run => Assert.True(run.Ended, $"run {run.Run} did not get to its end"));
        new Reckoning(fleet).Holds();
    }

    [Fact]
    public async Task Runs_live_on_without_a_daemon_and_the_next_one_takes_them_over()
    {
        var daemon = await fleet.Up();
        await fleet.AddRepository();
        var tasks = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => fleet.AddRun($"a{i}", 5 + i, "c")));
        await Soon.Holds(() => RunRecord.In(fleet.Records).Count() == 4, "four runs are alive");
        for (var life = 0; life < 3; life++)
        {
            daemon.Kill();
            daemon = await fleet.Up();
        }

        await fleet.Settle(tasks);

        var runs = RunRecord.In(fleet.Records).ToList();
        Assert.Equal(tasks.Select(task => $"{task}.1").Order(), runs.Select(run => run.Run).Order());
        Assert.All(runs, run => Assert.True(run.Ended, $"run {run.Run} did not get to its end"));
        new Reckoning(fleet).Holds();
    }

    private bool AllStandStill() =>
        Bystanders.OfRuns(fleet.Home).TrueForAll(process => ProcStat.Read(process.Pid) is not { IsHalted: false });

    private string Printed() =>
        string.Concat(
            RunRecord.In(fleet.Records).OrderBy(run => run.Run, StringComparer.Ordinal).Select(run => run.Said)
        );
}
