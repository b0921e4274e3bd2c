using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Spending;

namespace Fleet.Tests.Daemon;

public sealed class StateJsonTests
{
    [Fact]
    public void Which_event_gave_the_homes_settings_is_in_a_snapshot_so_that_it_cannot_be_redacted_later()
    {
        var read = StateJson.Read(StateJson.Write(FleetState.Empty with { HomeSeq = 2, DrainsNow = true }));
        Assert.Equal((2, true), (read.HomeSeq, read.DrainsNow));
    }

    [Fact]
    public void What_was_spent_today_is_in_a_snapshot_by_fleet_and_by_agent()
    {
        var noon = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
        var day = DaySpent.Nothing.Add(noon, "builder", new Amount(1.25m, 700, 0)).Add(noon, null, new Amount(2, 1, 0));

        var read = StateJson.Read(StateJson.Write(FleetState.Empty with { Day = day })).Day;

        Assert.Equal((day.Day, day.Fleet), (read.Day, read.Fleet));
        Assert.Equal(day.Agents, read.Agents);
        Assert.Equal(new Amount(3.25m, 701, 0), read.On(noon).Fleet);
    }
}
