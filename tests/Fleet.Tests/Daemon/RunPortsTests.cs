using Fleet.Daemon;
using Fleet.Daemon.Effects;
using Fleet.Rules;
using Fleet.Rules.Runs;
using Fleet.Rules.Tasks;
using Fleet.Tests.Log;

namespace Fleet.Tests.Daemon;

public sealed class RunPortsTests : IDisposable
{
    private static readonly int[] FarApart = [5, 6, 1_005, 2_005, 1_006];
    private readonly TempFolder folder = new();
    private FleetState state = FleetState.Empty;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Live_runs_have_ports_of_their_own_however_far_apart_their_tasks_are()
    {
        var ports = Ports();

        var given = FarApart.Select(task => ports.Of(Live(task))).ToList();

        Assert.Equal(given.Count, given.Distinct().Count());
        Assert.All(given, port => Assert.True(port is >= 20_000 and < 30_000 && port % 10 == 0, $"{port}"));
    }

    [Fact]
    public void A_run_keeps_its_ports_also_under_the_next_daemon()
    {
        Ports().Of(Live(5));
        var given = Ports().Of(Live(1_005));

        Assert.Equal(given, Ports().Of(Live(1_005)));
    }

    private RunPorts Ports() => new(new FleetHome(folder.Path), () => state);

    private RunId Live(int number)
    {
        var run = new RunId(new TaskId(number), 1);
        Directory.CreateDirectory(new FleetHome(folder.Path).Run(run));
        var brief = new Brief("a", "", "", null, "command", null, ["true"], 2, [], [], NoGate: false);
        var task = new FleetTask(run.Task, new RepositoryName("shop"), brief, Given.Noon, "ada", 1)
        {
            Run = new Run(run, "command", null, null, Given.Noon),
        };
        state = Indexes.Rebuild(state with { Tasks = state.Tasks.SetItem(task.Id, task) });
        return run;
    }
}
