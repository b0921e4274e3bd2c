using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Tests.Log;

namespace Fleet.Tests.Cli;

public sealed class UsageTests : IDisposable
{
    private static readonly RunId Told = new(new TaskId(1), 1);
    private static readonly RunId Untold = new(new TaskId(2), 1);
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task Before_anything_ran_nothing_was_spent() =>
        Assert.Equal("nothing was spent yet\n", (await ada.Fleet("usage")).Out);

    [Fact]
    public async Task Tokens_and_cost_are_those_of_the_record_and_list_prices_stand_apart()
    {
        await Record();

        var rows = (await ada.Fleet("usage", "--by", "task", "--json")).Json.GetProperty("items");

        Assert.Equal(
            """{"by":"1","runs":1,"input":100,"cacheRead":1000,"output":50,"usd":0.25,"estimated":1,"unknown":0}""",
            rows[0].GetRawText()
        );
        Assert.Equal(
            """{"by":"2","runs":1,"input":1000000,"listUsd":3,"estimated":0,"unknown":0}""",
            rows[1].GetRawText()
        );
    }

    [Fact]
    public async Task A_person_reads_unknown_where_nobody_told_and_list_price_where_it_is_one()
    {
        await Record();

        var said = (await ada.Fleet("usage", "--by", "model")).Out;

        Assert.Contains("LIST PRICE", said, StringComparison.Ordinal);
        Assert.Matches(@"gpt +1 +1000000 +unknown +unknown +unknown +unknown +\$3\.00", said);
        Assert.Matches(@"sonnet +1 +100 +1000 +unknown +50 +\$0\.25 +1 estimated", said);
        Assert.Matches(@"total +2 +1000100", said);
    }

    [Fact]
    public async Task An_unknown_way_of_listing_is_refused() =>
        Assert.Equal(Answer.Usage, (await ada.Fleet("usage", "--by", "moon")).Code);

    [Fact]
    public async Task Why_says_what_no_budget_can_hold()
    {
        await ada.Add("Sort imports");
        var settings = new HomeSettings(RunBudget: new Budget(Tokens: 1_000));
        using (var log = Given.SqliteLogAt(ada.Home.Database))
        {
            var changed = new Event.HomeSettingsChanged(settings, "h", "config.yaml");
            Given.AppendTo(log, Envelope.Of(new Fact(0, Given.Noon, Actor.Rule("test"), null, changed)));
        }

        const string unheld = "coder command tells neither tokens nor cost: only time can hold its runs";
        Assert.Contains($"not held:  {unheld}\n", (await ada.Fleet("task", "1", "why")).Out);
        var json = (await ada.Fleet("task", "1", "why", "--json")).Json.GetProperty("item");
        Assert.Equal(unheld, json.GetProperty("unheld").GetString());
    }

    private async Task Record()
    {
        await ada.Add("Sort imports");
        using var log = Given.SqliteLogAt(ada.Home.Database);
        var price = new Price("gpt", new DateOnly(2026, 1, 1), Input: 3, Output: 15);
        Event[] events =
        [
            new Event.HomeSettingsChanged(new HomeSettings(Prices: [price]), "h", "config.yaml"),
            new Event.RunStarted(Told, "claude", "builder", "sonnet", null),
            new Event.UsageSpent(Told, new Usage(100, 1_000, Output: 50, Usd: 0.25m), IsExact: false),
            new Event.RunExited(Told, new RunExit(0, null, Lost: false)),
            new Event.RunStarted(Untold, "codex", null, "gpt", null),
            new Event.UsageSpent(Untold, new Usage(1_000_000), IsExact: true),
            new Event.RunExited(Untold, new RunExit(0, null, Lost: false)),
        ];
        Given.AppendTo(log, [.. events.Select(e => Envelope.Of(new Fact(0, Given.Noon, Actor.Rule("test"), null, e)))]);
    }
}
