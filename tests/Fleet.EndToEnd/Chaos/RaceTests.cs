using Fleet.Daemon;
using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.EndToEnd.Chaos;

/// <summary>Several daemons want one home at the same moment.</summary>
public sealed class RaceTests : IDisposable
{
    private readonly ChaosHome fleet = new();

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task Of_two_starters_one_is_in_charge_and_the_other_says_so()
    {
        for (var race = 0; race < 50; race++)
        {
            await using var one = InnerDaemon.Begin(fleet.Home);
            await using var two = InnerDaemon.Begin(fleet.Home);
            await Task.WhenAll(one.Decided, two.Decided);

            var (winner, loser) = one.Serves ? (one, two) : (two, one);
            Assert.True(winner.Serves, $"nobody is in charge: {winner.Running}");
            var refused = Assert.IsType<DaemonOutcome.SomeoneElse>(await loser.Running);
            Assert.Equal(Environment.ProcessId, refused.Pid);
        }

        var epochs = new Reckoning(fleet).Facts().Select(fact => fact.Event).OfType<Event.EpochBegan>();
        Assert.Equal(Enumerable.Range(1, 50), epochs.Select(e => (int)e.Epoch.Number));
    }

    [Fact]
    public async Task Of_two_processes_one_serves_and_the_other_names_it()
    {
        using var one = fleet.Begin();
        using var two = fleet.Begin();
        await Soon.Holds(() => one.HasEnded || two.HasEnded, "one of two gives up");

        var (winner, loser) = one.HasEnded ? (two, one) : (one, two);
        await winner.Serves();
        Assert.Equal(1, await loser.Ends());
        Assert.Contains($"process {winner.Pid} is in charge", loser.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_that_find_a_zombie_one_takes_over()
    {
        for (var race = 0; race < ChaosSuite.Rounds(5, 50); race++)
        {
            using var zombie = await fleet.Up();
            zombie.Send(Signals.Stop);
            // Long enough for whoever was quicker to give a sign of life on a busy machine.
            var silence = TimeSpan.FromSeconds(1);
            await using var one = InnerDaemon.Begin(fleet.Home, silence);
            await using var two = InnerDaemon.Begin(fleet.Home, silence);
            await Task.WhenAll(one.Decided, two.Decided);

            var (winner, loser) = one.Serves ? (one, two) : (two, one);
            Assert.True(winner.Serves, $"nobody is in charge: {winner.Running}");
            Assert.IsType<DaemonOutcome.SomeoneElse>(await loser.Running);
        }
    }
}
