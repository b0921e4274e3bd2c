using Fleet.Daemon;
using Fleet.Rules;

namespace Fleet.Simulation.Home;

/// <summary>An input on its way to the loop, and whoever waits for its answer.</summary>
internal sealed record Pending(Input Input, Action<Answer>? Answered, Action? Durable);

/// <summary>An effect that a daemon is performing.</summary>
internal sealed class InFlight(Effect effect)
{
    public Effect Effect { get; } = effect;

    public bool HasActed { get; set; }
}

/// <summary>A daemon around the production loop: inbox, effect runner, and a death between any two lines.</summary>
internal sealed class SimDaemon(SimHome home, FleetLoop loop)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);
    private readonly SortedDictionary<string, InFlight> inFlight = new(StringComparer.Ordinal);
    private readonly HashSet<string> busyLanes = new(StringComparer.Ordinal);
    private List<Pending> inbox = [];
    private bool stepPlanned;
    private DateTimeOffset? wakeAt;

    public FleetLoop Loop { get; } = loop;

    public bool IsDead { get; private set; }

    /// <summary>Stopped by a signal: alive, but doing nothing until it wakes.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>What it is doing beside looking at trunks.</summary>
    public IEnumerable<string> Doing =>
        inFlight.Values.Select(f => f.Effect).Where(e => e is not Effect.ReadTrunk).Select(e => e.Key);

    public void Die(string why)
    {
        if (!IsDead)
        {
            home.Trace.Say($"daemon  epoch {Loop.State.Epoch} dies: {why}");
            IsDead = true;
            home.Gone(this);
        }
    }

    public void Freeze()
    {
        home.Trace.Say($"daemon  epoch {Loop.State.Epoch} freezes");
        IsFrozen = true;
        home.Gone(this);
    }

    /// <summary>A frozen daemon goes on as if nothing had happened.</summary>
    public void Wake()
    {
        if (!IsDead && IsFrozen)
        {
            home.Trace.Say($"daemon  epoch {Loop.State.Epoch} wakes up");
            IsFrozen = false;
            Take(new Input.Tick());
            foreach (var flight in inFlight.Values.ToArray())
            {
                Act(flight);
            }
        }
    }

    public void Take(Input input, Action<Answer>? answered = null)
    {
        inbox.Add(new Pending(input, answered, null));
        PlanStep(home.Chance.Milliseconds(20));
    }

    /// <summary>Looks at a trunk without being asked to by the rules.</summary>
    public void ReadTrunk(RepositoryName repository) => Start(new Effect.ReadTrunk(repository));

    private void PlanStep(TimeSpan delay)
    {
        if (!stepPlanned)
        {
            stepPlanned = true;
            home.Time.In(delay, Step);
        }
    }

    private void Step()
    {
        stepPlanned = false;
        if (IsDead || IsFrozen || inbox.Count == 0)
        {
            return;
        }

        var batch = inbox;
        inbox = [];
        if (home.Faults.Strikes(Fault.KilledBeforeAppend, 1))
        {
            Die("before the append");
            return;
        }

        if (home.Flaws.HasFlag(Flaws.AnswersBeforeAppend))
        {
            Answer(batch, new Draft(Loop.State, home.Rules, home.Time.Now));
        }

        switch (Loop.Step(batch.ConvertAll(p => p.Input), home.Time.Now))
        {
            case StepOutcome.Applied applied:
                Applied(batch, applied);
                break;
            case StepOutcome.SteppedDown:
                Die("another daemon is in charge");
                break;
            case StepOutcome.Refused:
                inbox = [.. batch.Where(p => p.Answered is null), .. inbox];
                PlanStep(RetryAfter);
                break;
        }
    }

    private static void Answer(List<Pending> batch, Draft draft)
    {
        foreach (var pending in batch)
        {
            if (draft.Take(pending.Input) is { } answer)
            {
                pending.Answered?.Invoke(answer);
            }
        }
    }

    private void Applied(List<Pending> batch, StepOutcome.Applied applied)
    {
        home.Written(this, applied.Facts);
        if (home.Faults.Strikes(Fault.KilledBeforeAnswer, 1))
        {
            Die("before it answered");
            return;
        }

        for (var i = 0; i < batch.Count; i++)
        {
            if (applied.Answers[i] is { } answer)
            {
                batch[i].Answered?.Invoke(answer);
            }
        }

        batch.ForEach(pending => pending.Durable?.Invoke());
        if (home.Faults.Strikes(Fault.KilledBeforeEffects, 1))
        {
            Die("before its effects");
            return;
        }

        if (Loop.State is { Draining: true, Index.Live.Count: 0 })
        {
            Die("drained");
            return;
        }

        Perform();
    }

    private void Perform()
    {
        if (IsDead || IsFrozen)
        {
            return;
        }

        var owed = Loop.Owed(home.Time.Now);
        var keys = owed.Effects.Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, flight) in inFlight.ToArray())
        {
            if (
                !flight.HasActed
                && flight.Effect is not Effect.ReadTrunk
                && !keys.Contains(key)
                && home.Chance.Percent(50)
            )
            {
                inFlight.Remove(key);
                busyLanes.Remove(flight.Effect.Lane);
            }
        }

        foreach (var effect in owed.Effects)
        {
            Start(effect);
        }

        if (owed.WakeAt is { } at && (wakeAt is null || at < wakeAt || wakeAt <= home.Time.Now))
        {
            wakeAt = at;
            home.Time.At(at, () => Take(new Input.Tick()));
        }
    }

    /// <summary>One effect of a key at a time, and one of a lane.</summary>
    private void Start(Effect effect)
    {
        if (!IsDead && !IsFrozen && !inFlight.ContainsKey(effect.Key) && busyLanes.Add(effect.Lane))
        {
            var flight = new InFlight(effect);
            inFlight.Add(effect.Key, flight);
            var most = effect is Effect.RunGate || home.Faults.Strikes(Fault.EffectIsSlow, 15) ? 600 : 4;
            home.Time.In(home.Chance.Seconds(most), () => Act(flight));
        }
    }

    private bool IsCurrent(InFlight flight) =>
        inFlight.TryGetValue(flight.Effect.Key, out var current) && ReferenceEquals(current, flight);

    /// <summary>The world does it; a daemon of a lower epoch than the world knows is refused there.</summary>
    private void Act(InFlight flight)
    {
        if (IsDead || IsFrozen || flight.HasActed || !IsCurrent(flight))
        {
            return;
        }

        if (Loop.State.Epoch.Number < home.World.Epoch.Number)
        {
            home.Trace.Say($"world   refuses {flight.Effect.Key} of epoch {Loop.State.Epoch}");
            return;
        }

        flight.HasActed = true;
        home.Trace.Say($"effect  {flight.Effect.Key}");
        var seen = home.World.Perform(flight.Effect).ToArray();
        if (home.Faults.Strikes(Fault.EffectAskedTwice, 5))
        {
            seen = [.. home.World.Perform(flight.Effect)];
        }

        if (home.Faults.Strikes(Fault.KilledAmidEffect, 1))
        {
            Die($"amid {flight.Effect.Key}");
            return;
        }

        var late = home.Faults.Strikes(Fault.ReportLate, 5)
            ? home.Chance.Between(TimeSpan.Zero, AnHour)
            : TimeSpan.Zero;
        home.Time.In(home.Chance.Milliseconds(200) + late, () => Report(flight, seen));
    }

    /// <summary>An effect is in flight until what was seen of it is durable: it is not performed anew.</summary>
    private void Report(InFlight flight, Observation[] seen)
    {
        if (seen.Length == 0)
        {
            Land(flight);
            home.Time.In(RetryAfter, Perform);
            return;
        }

        foreach (var observation in seen[..^1])
        {
            See(observation);
        }

        See(seen[^1], () => Land(flight));
    }

    private void Land(InFlight flight)
    {
        if (IsCurrent(flight))
        {
            inFlight.Remove(flight.Effect.Key);
            busyLanes.Remove(flight.Effect.Lane);
        }
    }

    /// <summary>An observation on its way; it may arrive twice, the second time much later.</summary>
    /// <param name="durable">Called once it is decided and durable.</param>
    public void See(Observation observation, Action? durable = null)
    {
        if (IsDead)
        {
            return;
        }

        inbox.Add(new Pending(new Input.Seen(observation), null, durable));
        PlanStep(home.Chance.Milliseconds(20));
        if (NamesItsCause(observation) && home.Faults.Strikes(Fault.ReportTwice, 5))
        {
            home.Time.In(
                home.Chance.Seconds(7200),
                () =>
                {
                    if (!IsDead)
                    {
                        Take(new Input.Seen(observation));
                    }
                }
            );
        }
    }

    /// <summary>
    /// Reports about a whole repository come in order on one lane; all others name run, candidate or tree.
    /// </summary>
    private static bool NamesItsCause(Observation observation) =>
        observation
            is not (
                Observation.RepositorySeen
                or Observation.RepositoryNotRead
                or Observation.PauseFileIs
                or Observation.HomeSettingsSeen
                or Observation.HaltSeen
                or Observation.DaemonStarted
            );
}
