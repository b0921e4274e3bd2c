using System.Collections.Immutable;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>What performing an effect came to.</summary>
internal abstract record EffectOutcome
{
    private EffectOutcome() { }

    /// <summary>Done, or answered for good: these are the facts to decide on.</summary>
    internal sealed record Saw(params ImmutableArray<Observation> Observations) : EffectOutcome;

    /// <summary>Not now: it is asked again later, a little later each time.</summary>
    internal sealed record Transient(string Why) : EffectOutcome;
}

/// <summary>
/// Each owed effect to the shell that performs it: one in flight per key, lanes in order, failures again later.
/// </summary>
/// <remarks>
/// An effect that is no longer owed is cancelled. A key stays in flight until what was seen is durable.
/// </remarks>
internal sealed class EffectRunner(
    Func<Effect, CancellationToken, Task<EffectOutcome>> perform,
    Func<Effect, string, Observation?> giveUp,
    Func<Observation, CancellationToken, Task> report,
    Action nudge,
    Action<string> note,
    TimeProvider clock,
    CancellationToken stop
)
{
    /// <summary>So often an effect is tried before the rules are told that it cannot be done.</summary>
    private const int MaxAttempts = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Flight> flights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> attempts = new(StringComparer.Ordinal);

    private sealed record Flight(Effect Effect, CancellationTokenSource Cancel);

    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return flights.Count == 0;
            }
        }
    }

    public void Perform(Owed owed)
    {
        lock (gate)
        {
            var keys = owed.Effects.Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var (key, flight) in flights)
            {
                if (!keys.Contains(key))
                {
                    flight.Cancel.Cancel();
                }
            }

            foreach (var effect in owed.Effects)
            {
                if (!flights.ContainsKey(effect.Key))
                {
                    Start_NeedsLock(effect);
                }
            }
        }
    }

    private void Start_NeedsLock(Effect effect)
    {
        var flight = new Flight(effect, CancellationTokenSource.CreateLinkedTokenSource(stop));
        flights.Add(effect.Key, flight);
        var before = lanes.GetValueOrDefault(effect.Lane, Task.CompletedTask);
        var turn = Task.Run(() => Fly(flight, before), CancellationToken.None);
        lanes[effect.Lane] = turn;
    }

    private async Task Fly(Flight flight, Task before)
    {
        await before;
        var pause = TimeSpan.Zero;
        try
        {
            if (!flight.Cancel.IsCancellationRequested)
            {
                pause = await Settle(flight);
            }
        }
        catch (OperationCanceledException)
        {
            // No longer owed, or the daemon ends: the next state says what is owed then.
        }
        catch (Exception error)
        {
            note($"{flight.Effect.Key}: {error}");
            pause = await Again(flight.Effect, error.Message);
        }
        finally
        {
            Leave(flight, pause);
        }
    }

    private async Task<TimeSpan> Settle(Flight flight)
    {
        switch (await perform(flight.Effect, flight.Cancel.Token))
        {
            case EffectOutcome.Saw saw:
                // Together, in this order: what was seen at once is decided and made durable at once.
                await Task.WhenAll([.. saw.Observations.Select(seen => report(seen, stop))]);

                Forget(flight.Effect.Key);
                return TimeSpan.Zero;
            case EffectOutcome.Transient transient:
                return await Again(flight.Effect, transient.Why);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>
    /// Counts a failure; after enough of them the rules are told. Answers how long to wait before the next try.
    /// </summary>
    private async Task<TimeSpan> Again(Effect effect, string why)
    {
        int count;
        lock (gate)
        {
            count = attempts[effect.Key] = attempts.GetValueOrDefault(effect.Key) + 1;
        }

        note($"{effect.Key}: attempt {count} failed: {why}");
        if (count % MaxAttempts == 0 && giveUp(effect, why) is { } seen)
        {
            await report(seen, stop);
        }

        var factor = Math.Pow(2, Math.Min(count - 1, 10));
        return TimeSpan.FromMilliseconds(
            Math.Min(FirstPause.TotalMilliseconds * factor, LongestPause.TotalMilliseconds)
        );
    }

    private void Leave(Flight flight, TimeSpan pause)
    {
        if (pause == TimeSpan.Zero || stop.IsCancellationRequested)
        {
            Land(flight);
            return;
        }

        // The lane is free while this effect waits for its next try; only its key stays taken.
        _ = Task.Delay(pause, clock, flight.Cancel.Token)
            .ContinueWith(
                _ => Land(flight),
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default
            );
    }

    private void Land(Flight flight)
    {
        lock (gate)
        {
            flights.Remove(flight.Effect.Key);
            flight.Cancel.Dispose();
            if (lanes.TryGetValue(flight.Effect.Lane, out var last) && last.IsCompleted)
            {
                lanes.Remove(flight.Effect.Lane);
            }
        }

        nudge();
    }

    private void Forget(string key)
    {
        lock (gate)
        {
            attempts.Remove(key);
        }
    }
}
