using System.Collections.Immutable;
using System.Threading.Channels;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>
/// A bounded queue of inputs, and the ticks, into the loop: drain, decide, append once, then answer and perform.
/// </summary>
internal sealed class Pump(FleetLoop loop, TimeProvider clock)
{
    private const int Capacity = 10_000;
    private const int LargestBatch = 500;
    private static readonly TimeSpan RefusedPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly Channel<Pending> inbox = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(Capacity) { SingleReader = true }
    );
    private DateTimeOffset steppedAt;
    private volatile FleetState state = loop.State;
    private volatile TaskCompletionSource changed = NewSignal();

    private sealed record Pending(Input? Input, TaskCompletionSource<Answer>? Reply);

    /// <summary>The newest durable state; safe to read from any thread.</summary>
    public FleetState State => state;

    /// <summary>Called after each step, on the pump's own turn, with what the world owes now.</summary>
    public Action<Owed>? Perform { get; set; }

    /// <summary>Called for every durable fact, in order.</summary>
    public Action<Fact>? Observe { get; set; }

    /// <summary>Asks, and gets the answer once everything that follows from it is durable.</summary>
    public async Task<Answer> Ask(Input input, CancellationToken stop)
    {
        var reply = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        await inbox.Writer.WriteAsync(new Pending(input, reply), stop);
        return await reply.Task.WaitAsync(stop);
    }

    /// <summary>Reports what a shell saw; completes once it is decided and durable.</summary>
    public Task Report(Observation seen, CancellationToken stop) => Ask(new Input.Seen(seen), stop);

    /// <summary>Looks again at what is owed, without any news.</summary>
    public void Nudge() => inbox.Writer.TryWrite(new Pending(null, null));

    /// <summary>Completes once the log is past a position, or the time is over.</summary>
    public async Task ChangedAfter(long seq, TimeSpan longest, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            while (true)
            {
                var signal = changed;
                if (state.Seq > seq)
                {
                    return;
                }

                await signal.Task.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>
    /// Runs until it is stopped, or another daemon has the log: then it says so and never appends again.
    /// </summary>
    public async Task<PumpEnd> Run(CancellationToken stop)
    {
        var batch = new List<Pending>();
        steppedAt = clock.GetUtcNow();
        var owed = loop.Owed(steppedAt) with { WakeAt = steppedAt };
        Perform?.Invoke(owed);
        while (!stop.IsCancellationRequested)
        {
            await Wait(owed.WakeAt, stop);
            while (batch.Count < LargestBatch && inbox.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            if (await Take(batch, stop) is { } end)
            {
                return end;
            }

            batch.Clear();
            // At the step's own time: what falls due after it must still wake the next one.
            owed = loop.Owed(steppedAt);
            Perform?.Invoke(owed);
        }

        return new PumpEnd.Stopped();
    }

    private async Task Wait(DateTimeOffset? wakeAt, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var sleep = wakeAt is { } at ? at - now : LongestSleep;
        if (sleep <= TimeSpan.Zero)
        {
            return;
        }

        using var timer = new CancellationTokenSource(sleep < LongestSleep ? sleep : LongestSleep, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        try
        {
            await inbox.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Time to tick, or to stop: the caller looks.
        }
    }

    private async Task<PumpEnd?> Take(List<Pending> batch, CancellationToken stop)
    {
        var inputs = batch.Where(p => p.Input is not null).ToList();
        while (true)
        {
            steppedAt = clock.GetUtcNow();
            switch (loop.Step([.. inputs.Select(p => p.Input!)], steppedAt))
            {
                case StepOutcome.Applied applied:
                    Publish(applied.Facts);
                    for (var i = 0; i < inputs.Count; i++)
                    {
                        inputs[i].Reply?.TrySetResult(applied.Answers[i] ?? new Answer(Answer.Done, ""));
                    }

                    return null;
                case StepOutcome.SteppedDown down:
                    Refuse(inputs, new Answer(Answer.Failed, "another daemon took over this home", "fleet tasks"));
                    return new PumpEnd.SteppedDown(down.Actual.Seq);
                case StepOutcome.Refused refused when inputs.TrueForAll(p => p.Input is Input.Asked):
                    Refuse(inputs, new Answer(Answer.Failed, refused.Why, refused.Hint));
                    return null;
                case StepOutcome.Refused refused:
                    // What shells saw must not be lost: it is kept and tried again; people are told at once.
                    Refuse(
                        inputs.FindAll(p => p.Input is Input.Asked),
                        new Answer(Answer.Failed, refused.Why, refused.Hint)
                    );
                    inputs.RemoveAll(p => p.Input is Input.Asked);
                    await Task.Delay(RefusedPause, clock, stop);
                    break;
            }
        }
    }

    private void Publish(ImmutableArray<Fact> facts)
    {
        state = loop.State;
        foreach (var fact in facts)
        {
            Observe?.Invoke(fact);
        }

        if (facts.Length > 0)
        {
            Interlocked.Exchange(ref changed, NewSignal()).TrySetResult();
        }
    }

    private static void Refuse(List<Pending> pending, Answer answer)
    {
        foreach (var p in pending)
        {
            p.Reply?.TrySetResult(answer);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Why the pump ended.</summary>
internal abstract record PumpEnd
{
    private PumpEnd() { }

    internal sealed record Stopped : PumpEnd;

    /// <summary>A part that the daemon cannot be without broke; the next daemon recovers.</summary>
    internal sealed record Broken(string Part, string Why) : PumpEnd;

    /// <summary>Another daemon appended at this position: this one is a zombie and ends.</summary>
    internal sealed record SteppedDown(long Seq) : PumpEnd;
}
