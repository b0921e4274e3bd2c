using Fleet.Daemon;
using Fleet.Web;

namespace Fleet.EndToEnd.Chaos;

/// <summary>A daemon inside the test itself, so that it can be told to wait less for a silent one.</summary>
internal sealed class InnerDaemon : IAsyncDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource<DaemonHost> serving = new();
    private readonly FleetHome home;

    private InnerDaemon(FleetHome home, TimeSpan? silence)
    {
        this.home = home;
        Running = Task.Run(() =>
            DaemonStart.Run(home, ControlSocket.Of(home), Serve, TimeProvider.System, stop.Token, silence)
        );
    }

    /// <summary>How it ended.</summary>
    public Task<DaemonOutcome> Running { get; }

    public DaemonHost Host => serving.Task.Result;

    public bool Serves => serving.Task.IsCompleted && !Running.IsCompleted;

    /// <summary>Takes a home over from a daemon that went silent; null when that one stopped inside a commit.</summary>
    /// <remarks>A process that stands still inside a SQLite commit keeps the log until it dies or goes on.</remarks>
    public static async Task<InnerDaemon?> TakeOver(FleetHome home)
    {
        var daemon = new InnerDaemon(home, Silence);
        if (await Task.WhenAny(daemon.serving.Task, daemon.Running) == daemon.serving.Task)
        {
            return daemon;
        }

        var outcome = await daemon.Running;
        Assert.True(outcome is DaemonOutcome.CannotStart, $"{outcome}");
        var refusal = (DaemonOutcome.CannotStart)outcome;
        Assert.Contains("the log is in use by another process", refusal.Why, StringComparison.Ordinal);
        return null;
    }

    /// <summary>One of several that want the same home.</summary>
    public static InnerDaemon Begin(FleetHome home, TimeSpan? silence = null) => new(home, silence);

    /// <summary>It serves, or it has ended.</summary>
    public Task Decided => Task.WhenAny(serving.Task, Running);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Running;
        stop.Dispose();
    }

    private async Task Serve(DaemonHost host, CancellationToken end)
    {
        var control = new ControlApi(
            () => host.Pump.State,
            host.Pump.Ask,
            host.Log,
            host.Watch.Live,
            host.Pump.ChangedAfter,
            TimeProvider.System,
            Environment.ProcessId
        );
        await using var door = await HttpDoor.Open(control, home, end);
        serving.SetResult(host);
        await Task.Delay(Timeout.InfiniteTimeSpan, end);
    }
}
