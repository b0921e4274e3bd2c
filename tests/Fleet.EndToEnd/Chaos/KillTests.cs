using Fleet.Rules;

namespace Fleet.EndToEnd.Chaos;

/// <summary><c>kill -9</c> at random moments under eight live runs, round after round on one home.</summary>
public sealed class KillTests : IDisposable
{
    private const int Runs = 8;
    private const int LongestPauseMilliseconds = 350;
    private static readonly string[] Flavours = ["", "c", "g", "cg"];

    private readonly Random chance = new(ChaosSuite.Seed);
    private readonly ChaosHome fleet = new();

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_doubled_whoever_is_killed_when()
    {
        var rounds = ChaosSuite.Rounds(everyday: 25, @long: 500);
        var reckoning = new Reckoning(fleet);
        var daemon = await fleet.Up();
        await fleet.AddRepository();
        for (var round = 0; round < rounds; round++)
        {
            var tasks = AddEight(round);
            await Told(round, async () => daemon = await Strike(daemon, tasks));
            await Told(round, () => Settled(tasks));
            await Told(
                round,
                async () =>
                {
                    await Task.Yield();
                    reckoning.Holds();
                }
            );
        }
    }

    /// <summary>Eight tasks, asked for while daemons come and go.</summary>
    private Task<TaskId[]> AddEight(int round) =>
        Task.WhenAll(
            Enumerable
                .Range(0, Runs)
                .Select(i =>
                    fleet.AddRun($"r{round}-{i}", chance.Next(2, 7), Flavours[i % Flavours.Length], i % 3 == 0)
                )
        );

    /// <summary>
    /// Kills this and that, at random moments, until all tasks were acknowledged and a last daemon serves.
    /// </summary>
    private async Task<DaemonProcess> Strike(DaemonProcess daemon, Task<TaskId[]> adding)
    {
        var fault = new Fault(fleet.Home, chance);
        var strikes = chance.Next(1, 4);
        for (var strike = 0; strike < strikes || !adding.IsCompleted; strike++)
        {
            await Task.Delay(chance.Next(LongestPauseMilliseconds));
            if (strike < strikes)
            {
                fault.Strike(fault.Draw(), daemon);
            }

            daemon = daemon.HasEnded ? fleet.Begin() : daemon;
        }

        await daemon.Serves();
        return daemon;
    }

    /// <summary>Every task is at rest, and asking once more for one of them gives it again, not another.</summary>
    private async Task Settled(Task<TaskId[]> adding)
    {
        var tasks = await adding;
        await fleet.Settle(tasks, approves: task => task.Number % 2 == 0);
        var again = tasks[chance.Next(tasks.Length)];
        var title = fleet.Promises.Added[again];
        Assert.Equal(again, await fleet.Add(title, "false", id: title));
    }

    private async Task Told(int round, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Exception broken)
        {
            var where = $"FLEET_SEED={ChaosSuite.Seed}, round {round}";
            throw new InvalidOperationException($"{where}: {broken.Message}\n{fleet.Notes()}", broken);
        }
    }
}
