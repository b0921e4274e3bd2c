using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Tasks;
using TaskStatus = Fleet.Rules.Views.TaskStatus;

namespace Fleet.Tests.Daemon;

/// <summary>A real daemon in this process, on a throw-away home: real git, keeper, SQLite; only for one test.</summary>
internal sealed class LiveFleet : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stop = new();
    private readonly Task<DaemonOutcome> running;
    private readonly TaskCompletionSource<DaemonHost> ready = new();
    private int requests;

    private LiveFleet(FleetHome home)
    {
        Home = home;
        running = DaemonStart.Run(
            home,
            Path.Combine(home.Root, "no.sock"),
            async (host, token) =>
            {
                ready.SetResult(host);
                await Task.Delay(Timeout.Infinite, token);
            },
            TimeProvider.System,
            stop.Token
        );
    }

    public FleetHome Home { get; }

    public DaemonHost Host => ready.Task.Result;

    public FleetState State => Host.Pump.State;

    public static async Task<LiveFleet> Start(FleetHome home)
    {
        var fleet = new LiveFleet(home);
        var first = await Task.WhenAny(fleet.ready.Task, fleet.running).WaitAsync(Patience);
        return first == fleet.ready.Task
            ? fleet
            : throw new InvalidOperationException($"the daemon did not start: {await fleet.running}");
    }

    /// <summary>A daemon that ends before it met the keeper that it started cannot send it away.</summary>
    public Task MeetsItsKeeper() => Host.Pieces.Thaw("nothing", CancellationToken.None);

    public Task<Answer> Ask(Request request) =>
        Host.Pump.Ask(
            new Input.Asked($"test-{Interlocked.Increment(ref requests)}", Actor.Human("tester"), request),
            CancellationToken.None
        );

    /// <summary>Adds a task of the command coder and gives its id.</summary>
    public async Task<TaskId> Add(string root, string command, params TaskId[] needs)
    {
        var brief = new Brief(
            command,
            "",
            "",
            null,
            Brief.CommandCoder,
            null,
            [command],
            2,
            [.. needs],
            [],
            NoGate: false
        );
        var answer = await Ask(new Request.AddTask(root, brief));
        return answer.Task ?? throw new InvalidOperationException(answer.Message);
    }

    public TaskStatus StatusOf(TaskId id) =>
        State.Finished.TryGetValue(id, out var finished)
            ? TaskStatus.Of(finished)
            : TaskStatus.Of(State, State.Tasks[id], DateTimeOffset.UtcNow);

    /// <summary>Waits until the task stands so; fails with where it stands instead.</summary>
    public async Task<TaskStatus> Until(TaskId id, Func<TaskStatus, bool> stands)
    {
        var deadline = DateTimeOffset.UtcNow + Patience;
        while (!stands(StatusOf(id)))
        {
            if (DateTimeOffset.UtcNow > deadline)
            {
                Assert.Fail($"task {id} stands at {StatusOf(id)}; notes:\n{File.ReadAllText(Home.DaemonLog)}");
            }

            await Host.Pump.ChangedAfter(State.Seq, TimeSpan.FromMilliseconds(200), CancellationToken.None);
        }

        return StatusOf(id);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }
}
