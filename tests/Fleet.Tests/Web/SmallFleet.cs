using Fleet.Daemon;
using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Tests.Web;

/// <summary>A fleet in memory with one repository, behind the real control API and the real loop.</summary>
internal sealed class SmallFleet : IDisposable
{
    public const string Root = "/repositories/shop";

    private readonly MemoryLog log = new();
    private readonly FleetLoop loop;
    private TaskCompletionSource changed = new();

    public SmallFleet()
    {
        loop = new FleetLoop(log, RuleSet.Production, FleetState.Empty, Position.Empty);
        _ = Ask(new Input.Asked("first", Actor.Human("ada"), new Request.AddRepository(Root, "main", null)), default);
        Control = new ControlApi(
            () => loop.State,
            Ask,
            log,
            () => new Dictionary<RunId, Rules.Views.LiveRun>(),
            Wait,
            TimeProvider.System,
            1
        );
    }

    public ControlApi Control { get; }

    public FleetState State => loop.State;

    public void Dispose() => log.Dispose();

    private Task<Answer> Ask(Input input, CancellationToken stop)
    {
        lock (log)
        {
            var applied = (StepOutcome.Applied)loop.Step([input], TimeProvider.System.GetUtcNow());
            Interlocked.Exchange(ref changed, new TaskCompletionSource()).SetResult();
            return Task.FromResult(applied.Answers[0]!);
        }
    }

    private async Task Wait(long seq, TimeSpan longest, CancellationToken stop)
    {
        while (loop.State.Seq <= seq)
        {
            var signal = changed;
            if (loop.State.Seq <= seq)
            {
                await signal.Task.WaitAsync(longest, stop);
            }
        }
    }
}
