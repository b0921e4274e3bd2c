using Fleet.Daemon;
using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Tests.Daemon;

public sealed class FleetLoopTests
{
    [Fact]
    public async Task What_falls_due_between_a_step_and_the_look_after_it_still_wakes_the_next_step()
    {
        // Each look at this clock is a second later, so a time read twice is never the same.
        var stepped = new List<DateTimeOffset>();
        var looked = new List<DateTimeOffset>();
        using var stop = new CancellationTokenSource();
        var rules = RuleSet.Production with
        {
            Decide = (state, input, now) =>
            {
                stepped.Add(now);
                return RuleSet.Production.Decide(state, input, now);
            },
            Next = (state, now) =>
            {
                looked.Add(now);
                return RuleSet.Production.Next(state, now);
            },
        };
        var loop = new FleetLoop(new MemoryLog(), rules, FleetState.Empty, Position.Empty);
        var pump = new Pump(loop, new HastyClock());
        var running = pump.Run(stop.Token);
        await pump.Report(new Observation.DaemonStarted("here"), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running;

        Assert.Subset(stepped.ToHashSet(), looked.Skip(1).ToHashSet());
    }

    private sealed class HastyClock : TimeProvider
    {
        private long seconds;

        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.UnixEpoch.AddSeconds(Interlocked.Increment(ref seconds));
    }

    [Fact]
    public void What_is_owed_is_looked_at_by_the_clock_of_the_step()
    {
        // A retry due between the two clocks would be neither started nor waited for.
        var asked = new List<DateTimeOffset>();
        var rules = RuleSet.Production with
        {
            Decide = (state, input, now) => Note(now, RuleSet.Production.Decide(state, input, now)),
            Next = (state, now) => Note(now, RuleSet.Production.Next(state, now)),
        };
        var loop = new FleetLoop(new MemoryLog(), rules, FleetState.Empty, Position.Empty);
        var now = DateTimeOffset.UnixEpoch.AddMilliseconds(1).AddMicroseconds(700);

        loop.Step([], now);
        loop.Owed(now);

        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(1), Assert.Single(asked.Distinct()));

        T Note<T>(DateTimeOffset at, T answer)
        {
            asked.Add(at);
            return answer;
        }
    }
}
