using System.Globalization;
using Fleet.Log;
using Fleet.Log.Sqlite;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>What came of starting a daemon.</summary>
internal abstract record DaemonOutcome
{
    private DaemonOutcome() { }

    /// <summary>It ran and ended: <paramref name="Deposed"/> when another daemon took over.</summary>
    internal sealed record Ended(bool Deposed) : DaemonOutcome;

    /// <summary>It ran until a part of it broke.</summary>
    internal sealed record Broke(string Part, string Why) : DaemonOutcome;

    internal sealed record SomeoneElse(int Pid) : DaemonOutcome;

    internal sealed record CannotStart(string What, string Where, string Why, string Next) : DaemonOutcome;
}

/// <summary>Takes charge of a home, opens its log, begins an epoch, and serves until the end.</summary>
internal static class DaemonStart
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="socket">Where a daemon of this home listens.</param>
    /// <param name="serveDoors">Serves the doors of a ready daemon until it is cancelled.</param>
    /// <param name="silence">How long another daemon may not answer before this one takes its place; ten
    /// seconds.</param>
    public static async Task<DaemonOutcome> Run(
        FleetHome home,
        string socket,
        Func<DaemonHost, CancellationToken, Task> serveDoors,
        TimeProvider clock,
        CancellationToken stop,
        TimeSpan? silence = null
    )
    {
        if (Prepare(home) is { } unusable)
        {
            return unusable;
        }

        using var notes = new DaemonLog(home.DaemonLog, clock);
        var charge = new TakingCharge(home, socket, notes.Write, clock, silence ?? TakingCharge.Silence);
        switch (await charge.Take(stop))
        {
            case ChargeOutcome.Unusable no:
                return Unusable(home, no.Why);
            case ChargeOutcome.SomeoneElse other:
                return new DaemonOutcome.SomeoneElse(other.Pid);
            case ChargeOutcome.Taken taken:
                using (taken.Lock)
                {
                    using var starting = WriterLock.GiveSigns(home, clock);
                    return await Reign(home, notes, Serve(starting, serveDoors), clock, stop);
                }

            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>From then on the door answers for this daemon.</summary>
    private static Func<DaemonHost, CancellationToken, Task> Serve(
        ITimer starting,
        Func<DaemonHost, CancellationToken, Task> serveDoors
    ) =>
        async (host, end) =>
        {
            await starting.DisposeAsync();
            await serveDoors(host, end);
        };

    private static DaemonOutcome.CannotStart? Prepare(FleetHome home)
    {
        try
        {
            Directory.CreateDirectory(home.Root, OwnerOnly);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unusable(home, error.Message);
        }
    }

    private static DaemonOutcome.CannotStart Unusable(FleetHome home, string why) =>
        new("the home of this fleet cannot be written", home.Root, why, $"{FleetHome.Variable}=DIRECTORY fleet up");

    private static async Task<DaemonOutcome> Reign(
        FleetHome home,
        DaemonLog notes,
        Func<DaemonHost, CancellationToken, Task> serveDoors,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        switch (SqliteLog.Open(home.Database))
        {
            case LogOpening.Refused refused:
                var failure = refused.Failure;
                return new DaemonOutcome.CannotStart(failure.What, failure.Place, failure.Why, failure.Next);
            case LogOpening.Opened opened:
                using (opened.Log)
                {
                    return await Reign(home, opened.Log, notes, serveDoors, clock, stop);
                }

            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task<DaemonOutcome> Reign(
        FleetHome home,
        IEventLog log,
        DaemonLog notes,
        Func<DaemonHost, CancellationToken, Task> serveDoors,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (settings, wrong) = SettingsWatch.Read(home);
        if (settings is null)
        {
            return new DaemonOutcome.CannotStart(
                "the settings are wrong",
                home.Settings,
                wrong ?? "",
                "fleet config show"
            );
        }

        notes.RotateAt = settings.Settings.Daemon.LogBytes;
        var holder = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
        Input[] first = [new Input.Seen(new Observation.DaemonStarted(holder)), new Input.Seen(settings)];
        var (loop, begun) = Opening.Begin(log, RuleSet.Production, first, clock.GetUtcNow());
        switch (begun)
        {
            case StepOutcome.SteppedDown:
                return new DaemonOutcome.Ended(Deposed: true);
            case StepOutcome.Refused refused:
                return new DaemonOutcome.CannotStart(
                    "the log cannot be written",
                    home.Database,
                    refused.Why,
                    refused.Hint
                );
            default:
                break;
        }

        DaemonRecord.OfThisProcess(loop.State.Epoch.Number, clock.GetUtcNow()).Write(home);
        notes.Write(
            string.Create(CultureInfo.InvariantCulture, $"epoch {loop.State.Epoch} begins at event {loop.Head.Seq}")
        );
        await using var host = new DaemonHost(home, log, loop, notes, clock);
        var end = await host.Run(token => serveDoors(host, token), stop);
        notes.Write(end is PumpEnd.SteppedDown ? "deposed by another daemon" : "ended");
        return end switch
        {
            PumpEnd.Stopped => new DaemonOutcome.Ended(Deposed: false),
            PumpEnd.SteppedDown => new DaemonOutcome.Ended(Deposed: true),
            PumpEnd.Broken(var part, var why) => new DaemonOutcome.Broke(part, why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
