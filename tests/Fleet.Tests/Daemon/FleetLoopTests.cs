using Fleet.Daemon;
using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Tests.Daemon;

public sealed class FleetLoopTests
{
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
