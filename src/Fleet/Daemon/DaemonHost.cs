using Fleet.Daemon.Conversations;
using Fleet.Daemon.Effects;
using Fleet.Git;
using Fleet.Log;
using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>The daemon of one home, from taking charge to its end. It may die anywhere: the next one goes on.</summary>
internal sealed class DaemonHost : IAsyncDisposable
{
    private const int MostEventsLookedAt = 1_000;

    /// <summary>A successor's record is noticed as it appears; this is for where that notice was lost.</summary>
    private static readonly TimeSpan LookAtCharge = TimeSpan.FromSeconds(10);

    /// <summary>Its own record is gone: the rest of the home may be about to follow.</summary>
    private static readonly TimeSpan LookAtVanishing = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim chargeChanged = new(0);
    private readonly CancellationTokenSource ending = new();
    private readonly FleetHome home;
    private readonly IEventLog log;
    private readonly DaemonLog notes;
    private readonly TimeProvider clock;
    private readonly FleetLoop loop;
    private readonly HubAccess hubs;
    private readonly CheckoutWatch checkouts;
    private readonly CoderRuns coders;
    private readonly RunEffects runs;
    private readonly WorktreeEffects worktrees;
    private readonly EffectRunner runner;
    private readonly Anchoring anchoring;
    private readonly Recovery recovery;
    private volatile PumpEnd? early;

    public DaemonHost(FleetHome home, IEventLog log, FleetLoop loop, DaemonLog notes, TimeProvider clock)
    {
        (this.home, this.log, this.loop, this.notes, this.clock) = (home, log, loop, notes, clock);
        var epoch = loop.State.Epoch;
        Pump = new Pump(loop, clock);
        hubs = new HubAccess(() => Pump.State, new Hubs(home.Hubs), epoch, loop.State.Holder, HomeId.Of(home));
        checkouts = new CheckoutWatch(clock);
        Pieces = new Pieces(home, epoch, notes.Write, clock);
        coders = new CoderRuns(home, () => Pump.State, Pump.Report, notes.Write, clock, ending.Token);
        var briefs = new RunBriefs(home, () => Pump.State, hubs);
        runs = new RunEffects(home, () => Pump.State, Pieces, coders, briefs, Pump.Report, notes.Write, ending.Token);
        var limits = new TrunkLimits();
        worktrees = new WorktreeEffects(home, () => Pump.State, hubs, checkouts, limits, clock);
        var table = new EffectTable(
            runs,
            worktrees,
            new GateEffects(home, () => Pump.State, hubs, Pieces, clock),
            new LandingEffects(() => Pump.State, hubs, checkouts, limits, epoch, HomeId.Of(home))
        );
        runner = new EffectRunner(
            table.Perform,
            EffectTable.GiveUp,
            Pump.Report,
            Pump.Nudge,
            notes.Write,
            clock,
            ending.Token
        );
        Watch = new RunWatch(() => Pump.State, home.Run, coders.Figures, Pump.Report, clock);
        anchoring = new Anchoring(home, () => Pump.State, () => loop.Head, hubs, notes.Write, clock);
        recovery = new Recovery(home, () => Pump.State, runs, hubs, checkouts);
    }

    public Pump Pump { get; }

    public Pieces Pieces { get; }

    public RunWatch Watch { get; }

    public IEventLog Log => log;

    /// <summary>Runs until stopped, drained, or deposed.</summary>
    public async Task<PumpEnd> Run(Func<CancellationToken, Task> serveDoors, CancellationToken stop)
    {
        using var link = stop.Register(ending.Cancel);
        Pump.Observe = Observe;
        Pump.Perform = Perform;
        await recovery.TakeHubs();
        recovery.Adopt();
        var keeping = Guard("keeper", Keep);
        var pumping = Pump.Run(ending.Token);
        if (recovery.HaltNote() is { } halted)
        {
            await Pump.Report(halted, ending.Token);
        }

        var settings = new SettingsWatch(home, Pump, notes.Write);
        using var files = new FileWatch(
            home.Root,
            new Dictionary<string, Action>(StringComparer.Ordinal)
            {
                [Path.GetFileName(home.Settings)] = settings.Look,
                [Path.GetFileName(home.DaemonRecord)] = () => chargeChanged.Release(),
            }
        );
        var rest = Task.WhenAll(
            keeping,
            Guard("watch", Watch.Run),
            Guard("anchors", anchoring.Run),
            Guard("worktrees", worktrees.RemoveUntold),
            Guard("charge", StayInCharge),
            Guard("doors", serveDoors)
        );
        var end = await pumping;
        end = early ?? end;
        Pieces.IsClosing = true;
        await ending.CancelAsync();
        await rest;
        await Close(end);
        return end;
    }

    public async ValueTask DisposeAsync()
    {
        await Pieces.DisposeAsync();
        coders.Dispose();
        hubs.Dispose();
        checkouts.Dispose();
        anchoring.Dispose();
        Watch.Dispose();
        chargeChanged.Dispose();
        ending.Dispose();
    }

    private void Observe(Fact fact)
    {
        anchoring.Count(fact.Seq);
        if (
            fact.Event
            is Event.RunSpawned
                or Event.RunThawed
                or Event.PermissionAnswered { Request: not null }
                or Event.HomeSettingsChanged
                or Event.RepositorySettingsChanged
        )
        {
            Watch.Nudge();
        }

        switch (fact.Event)
        {
            case Event.HomeSettingsChanged changed:
                notes.RotateAt = changed.Settings.Daemon.LogBytes;
                break;
            case Event.PermissionAnswered { Request: not null } answered:
                coders.Hear(answered.Run);
                break;
            case Event.RepositoryAdded or Event.RepositoryForgotten:
                hubs.Forget(((Event.OfRepository)fact.Event).Repository);
                break;
            case Event.RepositorySettingsChanged { CommandsHash: { } hash } changed when ConsentToAll.IsGiven():
                _ = ConsentToAll.Give(Pump, changed.Repository, hash, ending.Token);
                break;
        }
    }

    private void Perform(Owed owed)
    {
        runner.Perform(owed);
        if (Pump.State.Draining && runner.IsIdle && !Pump.State.Tasks.Values.Any(t => t.HasOpenRun))
        {
            ending.Cancel();
        }
    }

    private async Task Keep(CancellationToken stop)
    {
        if (!await Pieces.Serve(stop))
        {
            notes.Write("another daemon is in charge of the keeper: this one ends");
            await End(new PumpEnd.SteppedDown(loop.Head.Seq));
        }
    }

    /// <summary>A daemon that slept while it was succeeded finds out even if it has nothing to write.</summary>
    private async Task StayInCharge(CancellationToken stop)
    {
        while (true)
        {
            var vanishing = !File.Exists(home.DaemonRecord);
            await chargeChanged.WaitAsync(vanishing ? LookAtVanishing : LookAtCharge, stop);
            if (!Directory.Exists(home.Root))
            {
                await LeaveNothing();
                return;
            }

            var own = Pump.State;
            var later = log.Read(own.Seq, MostEventsLookedAt).FirstOrDefault(row => IsLaterEpoch(row, own.Epoch));
            if (later is not null)
            {
                await End(new PumpEnd.SteppedDown(later.Seq));
                return;
            }
        }
    }

    /// <summary>The home was deleted: what its runs do can neither be seen nor saved, so they end too.</summary>
    private async Task LeaveNothing()
    {
        foreach (var run in Pump.State.Index.Live.Select(id => Pump.State.Tasks[id].Run!.Id))
        {
            _ = await Pieces.End(RunEffects.Key(run), KillPlan.Now, ending.Token);
        }

        await ending.CancelAsync();
    }

    private static bool IsLaterEpoch(StoredEvent row, Epoch own) =>
        Envelope.Read(row)?.Event is Event.EpochBegan began && began.Epoch.Number > own.Number;

    /// <summary>One part's failure ends the daemon, which says so; the next daemon recovers.</summary>
    private async Task Guard(string part, Func<CancellationToken, Task> run)
    {
        try
        {
            await run(ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The daemon ends.
        }
        catch (Exception error)
        {
            notes.Write($"{part} failed: {error}");
            await End(new PumpEnd.Broken(part, error.Message));
        }
    }

    /// <summary>The first reason to end is the one that is told.</summary>
    private Task End(PumpEnd why)
    {
        early ??= why;
        return ending.CancelAsync();
    }

    private async Task Close(PumpEnd end)
    {
        if (end is PumpEnd.Stopped)
        {
            await anchoring.Anchor();
            Opening.KeepSnapshot(log, loop.State, loop.Head);
        }
    }
}
