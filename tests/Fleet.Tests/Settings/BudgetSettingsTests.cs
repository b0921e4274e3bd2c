using Fleet.Rules.Settings;
using Fleet.Settings;
using Fleet.Tests.Tidy;

namespace Fleet.Tests.Settings;

/// <summary>Budgets and prices as a person writes them.</summary>
public sealed class BudgetSettingsTests
{
    private const string Home = """
        run_budget: { usd: 2.50, tokens: 400000, minutes: 30 }
        task_budget: { usd: 6 }
        day_budget: { usd: 40, tokens: 9000000 }
        agents:
          backend: { coder: claude, budget: { tokens: 200000 }, day_budget: { usd: 10 } }
        prices:
          - { model: gpt-5/x, as_of: 2026-11-01, input: 1.25, cached: 0.125, output: 10 }
        """;

    [Fact]
    public void Every_budget_and_price_of_the_home_is_read()
    {
        var home = Read(Home);
        Assert.Equal(new Budget(2.50m, 30, 400_000), home.RunBudget);
        Assert.Equal((new Budget(6), new Budget(40, null, 9_000_000)), (home.TaskBudget, home.DayBudget));
        var agent = Assert.Single(home.Agents);
        Assert.Equal((new Budget(Tokens: 200_000), new Budget(10)), (agent.Budget, agent.DayBudget));
        Assert.Equal(new Price("gpt-5/x", new DateOnly(2026, 11, 1), 1.25m, 10, 0.125m), Assert.Single(home.Prices));
    }

    [Fact]
    public void A_repository_lowers_the_budgets_of_runs_and_tasks_and_raises_none()
    {
        const string yaml =
            "run_budget: { usd: 9, minutes: 10 }\ntask_budget: { tokens: 50 }\n"
            + "agents: { backend: { day_budget: { usd: 99, tokens: 7 } } }\n";
        var repository = Assert.IsType<SettingsReading.Repository>(
            SettingsFile.Read(yaml, SettingsKind.Repository, "fleet.yaml")
        );
        var holds = EffectiveSettings.Of(Read(Home), repository.Settings);

        Assert.Equal(new Budget(2.50m, 10, 400_000), holds.RunBudget);
        Assert.Equal(new Budget(6, null, 50), holds.TaskBudget);
        Assert.Equal(new Budget(10, null, 7), Assert.Single(holds.Agents).DayBudget);
    }

    [Theory]
    [InlineData("day_budget: { minutes: 5 }", "1:15", "unknown key \"minutes\" in day_budget")]
    [InlineData("run_budget: { tokens: 1.5 }", "1:23", "a whole number")]
    [InlineData("run_budget: { token: 5 }", "1:15", "did you mean \"tokens\"?")]
    [InlineData("prices:\n  - { model: m, input: 1, output: 2 }", "2:5", "this entry of prices has no as_of")]
    [InlineData(
        "prices:\n  - { model: m, as_of: 1.11.2026, input: 1, output: 2 }",
        "2:24",
        "a day, such as 2026-11-25"
    )]
    public void A_mistake_is_named_with_its_place_and_a_hint(string yaml, string at, string hint)
    {
        var wrong = Assert.IsType<SettingsReading.Wrong>(SettingsFile.Read(yaml, SettingsKind.Home, "config.yaml"));
        var error = Assert.Single(wrong.Errors);
        Assert.Contains(hint, error.Render(), StringComparison.Ordinal);
        Assert.Equal(at, $"{error.Line}:{error.Column}");
    }

    [Theory]
    [InlineData("prices: []")]
    [InlineData("day_budget: { usd: 5 }")]
    public void What_is_fleet_wide_cannot_be_set_by_a_repository(string yaml)
    {
        var wrong = Assert.IsType<SettingsReading.Wrong>(
            SettingsFile.Read(yaml, SettingsKind.Repository, "fleet.yaml")
        );
        Assert.Contains("it is fleet-wide", Assert.Single(wrong.Errors).Render(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run_budget.tokens", "400000", "config.yaml:1")]
    [InlineData("day_budget.usd", "40", "config.yaml:3")]
    [InlineData("agents.backend.day_budget.usd", "10", "config.yaml:5")]
    [InlineData("prices[0].as_of", "2026-11-01", "config.yaml:7")]
    [InlineData("task_budget.tokens", "", "default")]
    public void Each_is_shown_with_its_origin(string path, string value, string origin)
    {
        var home = Assert.IsType<SettingsReading.Home>(SettingsFile.Read(Home, SettingsKind.Home, "config.yaml"));
        var row = Assert.Single(ShownSettings.Rows(home), row => row.Path == path);
        Assert.Equal((value, origin), (row.Value, row.Origin));
    }

    [Fact]
    public void The_example_of_the_page_is_what_the_homes_settings_take()
    {
        var page = SourceTree.File("docs/coders.md").Text;
        var yaml = page[page.IndexOf("run_budget:", StringComparison.Ordinal)..].Split("```")[0];

        var home = Read(yaml);

        Assert.Equal((new Budget(2, 45, 2_000_000), new Budget(6)), (home.RunBudget, home.TaskBudget));
        Assert.Equal((new Budget(50), "m-1"), (home.DayBudget, Assert.Single(home.Prices).Model));
    }

    private static HomeSettings Read(string yaml) =>
        Assert.IsType<SettingsReading.Home>(SettingsFile.Read(yaml, SettingsKind.Home, "config.yaml")).Settings;
}
