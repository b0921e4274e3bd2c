using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Views;

namespace Fleet.Rules.Tests.Views;

public sealed class UsageTableTests
{
    private static readonly RunId First = new(new TaskId(1), 1);
    private static readonly RunId Second = new(new TaskId(1), 2);
    private static readonly RunId Other = new(new TaskId(12), 1);
    private static readonly RunExit Well = new(0, null, Lost: false);

    private static readonly (int Day, Event Event)[] Record =
    [
        (1, new Event.HomeSettingsChanged(new HomeSettings(Prices: [Price()]), "h", "config.yaml")),
        (1, new Event.RunStarted(First, "claude", "builder", "sonnet", null)),
        (1, new Event.SessionBegan(First, "s-1", "sonnet-5")),
        (1, new Event.UsageSpent(First, new Usage(100, 1_000, 10, 50, 5, 0.25m), IsExact: true)),
        (1, new Event.RunExited(First, Well)),
        (1, new Event.RunStarted(Second, "claude", "builder", "sonnet", null)),
        (2, new Event.UsageSpent(Second, new Usage(Input: 7, Output: 3), IsExact: false)),
        (2, new Event.RunExited(Second, Well)),
        (2, new Event.RunStarted(Other, "codex", null, "gpt", null)),
        (2, new Event.UsageSpent(Other, new Usage(Input: 1_000_000, Output: 0), IsExact: true)),
        (2, new Event.RunExited(Other, Well)),
        (2, new Event.RunStarted(new RunId(new TaskId(13), 1), "command", null, null, null)),
        (2, new Event.RunExited(new RunId(new TaskId(13), 1), Well)),
    ];

    [Theory]
    [InlineData(UsageBy.Model, "command's default", "gpt", "sonnet", "sonnet-5")]
    [InlineData(UsageBy.Agent, "builder", "none")]
    [InlineData(UsageBy.Task, "1", "12", "13")]
    [InlineData(UsageBy.Account, "claude default", "codex default", "command default")]
    [InlineData(UsageBy.Day, "2026-01-01", "2026-01-02")]
    public void Each_way_of_listing_has_its_groups(UsageBy by, params string[] groups)
    {
        var table = Read(by);
        Assert.Equal(groups, table.Rows.Select(row => row.By));
        Assert.Equal((4, 1_000_107L, 0.25m), (table.Total.Runs, table.Total.Input, table.Total.Usd));
    }

    [Fact]
    public void Sums_are_the_records_own_and_estimates_are_marked()
    {
        var row = Read(UsageBy.Task).Rows[0];
        Assert.Equal(new UsageRow("1", 2, 107, 1_000, 10, 53, 0.25m, null, Estimated: 1, Unknown: 0), row);
    }

    [Fact]
    public void What_no_coder_told_the_cost_of_stands_apart_by_list_price()
    {
        var row = Read(UsageBy.Task).Rows[1];
        Assert.Equal((null, 3m), (row.Usd, row.ListUsd));
    }

    [Fact]
    public void A_run_that_told_nothing_is_counted_as_unknown_and_shows_no_zero()
    {
        var row = Read(UsageBy.Task).Rows[2];
        Assert.Equal(new UsageRow("13", 1, null, null, null, null, null, null, Estimated: 0, Unknown: 1), row);
    }

    [Fact]
    public void A_run_that_never_began_is_not_listed()
    {
        var table = new UsageTable(UsageBy.Task);
        table.Add(Fact(1, new Event.RunStarted(First, "claude", null, null, null)));
        table.Add(Fact(1, new Event.RunFailed(First, FailureKind.CouldNotStart, "no such program", null)));
        Assert.Empty(table.Rows);
    }

    private static UsageTable Read(UsageBy by)
    {
        var table = new UsageTable(by);
        foreach (var (day, e) in Record)
        {
            Assert.True(UsageTable.Follows(EventKinds.Of(e)));
            table.Add(Fact(day, e));
        }

        return table;
    }

    private static Fact Fact(int day, Event e) =>
        new(1, new DateTimeOffset(2026, 1, day, 12, 0, 0, TimeSpan.Zero), Actor.Rule("test"), null, e);

    private static Price Price() => new("gpt", new DateOnly(2025, 1, 1), Input: 3, Output: 15);
}
