using Fleet.Daemon;
using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.EndToEnd.Chaos;

/// <summary>A daemon is stopped, succeeded, and woken: it must find out, and nothing that it does may count.</summary>
public sealed class ZombieTests : IDisposable
{
    private readonly Random chance = new(ChaosSuite.Seed);
    private readonly ChaosHome fleet = new();

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task A_zombie_is_killed_and_one_that_cannot_be_changes_nothing_when_it_wakes()
    {
        var reckoning = new Reckoning(fleet);
        using (var first = await fleet.Up())
        {
            await fleet.AddRepository();
            first.Kill();
        }

        var takeovers = ChaosSuite.Rounds(everyday: 20, @long: 300);
        for (var takeover = 0; takeover < takeovers; takeover++)
        {
            await TakeOver(takeover, mayKill: takeover % 2 == 0);
            reckoning.Holds();
        }

        var epochs = reckoning
            .Facts()
            .Select(fact => fact.Event)
            .OfType<Event.EpochBegan>()
            .Select(e => e.Epoch.Number);
        Assert.Equal(epochs.Order(), epochs);
    }

    /// <summary>Work is under way when the old daemon stops, and goes on under the new one.</summary>
    private async Task TakeOver(int takeover, bool mayKill)
    {
        using var zombie = await fleet.Up();
        var tasks = new List<TaskId>();
        for (var i = 0; i < 2; i++)
        {
            tasks.Add(await fleet.AddRun($"z{takeover}-{i}", chance.Next(1, 4), i == 0 ? "cg" : "c", gated: i == 0));
        }

        await Task.Delay(chance.Next(250));
        await StandStill(zombie);
        if (!mayKill)
        {
            Disown(zombie);
        }

        await using var successor = await Successor(zombie);
        Assert.Equal(mayKill, zombie.HasEnded);
        zombie.Send(Signals.Continue);
        await fleet.Settle(tasks);
        await zombie.Ends();
        Assert.True(successor.Serves, "the zombie took the home back");
        Assert.Equal(Environment.ProcessId, await DaemonProcess.PidAtTheDoor(fleet.Home));
    }

    /// <summary>One that stopped inside a commit is let out of it first: only then can it be outlived.</summary>
    private async Task<InnerDaemon> Successor(DaemonProcess zombie)
    {
        const int attempts = 5;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            if (await InnerDaemon.TakeOver(fleet.Home) is { } successor)
            {
                return successor;
            }

            zombie.Send(Signals.Continue);
            await Task.Delay(chance.Next(50));
            await StandStill(zombie);
        }

        throw new InvalidOperationException("the zombie stood inside a commit each time");
    }

    /// <summary>A signal takes a moment to reach every thread; until then it may still answer.</summary>
    private static async Task StandStill(DaemonProcess zombie)
    {
        zombie.Send(Signals.Stop);
        await Soon.Holds(() => ProcStat.Read(zombie.Pid) is not { IsHalted: false }, "the zombie stands still");
    }

    /// <summary>
    /// Makes the recorded daemon a stranger, so that the successor must not kill it: only the fences are left.
    /// </summary>
    private void Disown(DaemonProcess zombie)
    {
        var record = DaemonRecord.Read(fleet.Home);
        Assert.Equal(zombie.Pid, record?.Pid);
        (record! with { StartTicks = record.StartTicks + 1 }).Write(fleet.Home);
    }
}
