using Fleet.Rules.Settings;
using Fleet.Settings;

namespace Fleet.Tests.Settings;

/// <summary><c>fleet config show --origin</c> says where each value comes from.</summary>
public sealed class ShownSettingsTests
{
    private const string Home =
        "max_concurrent: 5\nlimits: { idle: 5m }\nagents:\n  a: { coder: claude, budget: { usd: 4 } }\n"
        + "accounts:\n  work: { coder: claude, env: [A, B=C] }\npools: { claude: { choose: round_robin } }\n";
    private const string Repository = """
        limits:
          idle: 2m
          run: 9h
        landing: { mode: auto }
        gates:
          - { name: tests, run: ./t }
          - { name: slow, run: ./s, timeout: 30m }
          - { name: fast, run: ./f, timeout: 1m }
        agents:
          a: { model: opus, budget: { usd: 9 } }
        coders:
          mine: { command: [./mycli, --model, "{model}"], prompt: file, context: 128000, env: { B: 2, A: 1 } }
        """;

    [Theory]
    [InlineData("max_concurrent", "5", "home.yaml:1", null)]
    [InlineData("max_gates", "2", "default", null)]
    [InlineData("limits.idle", "2m", "fleet.yaml:2", null)]
    [InlineData("limits.run", "1h", "default", "fleet.yaml:3 is not stricter")]
    [InlineData(
        "landing.mode",
        "approve",
        "default",
        "fleet.yaml:4 says auto; landing auto needs the home's word too: fleet config set landing.mode=auto"
    )]
    [InlineData("limits.grace", "1s", "flag", null)]
    [InlineData("gates[tests].run", "./t", "fleet.yaml:6", null)]
    [InlineData("gates[tests].timeout", "10m", "default", null)]
    [InlineData("gates[slow].timeout", "10m", "default", "fleet.yaml:7 is not stricter")]
    [InlineData("gates[fast].timeout", "1m", "fleet.yaml:8", null)]
    [InlineData("agents.a.model", "opus", "fleet.yaml:10", null)]
    [InlineData("agents.a.budget.usd", "4", "home.yaml:4", "fleet.yaml:10 is not stricter")]
    [InlineData("coders.mine.command", "[./mycli, --model, '{model}']", "fleet.yaml:12", null)]
    [InlineData("coders.mine.prompt", "file", "fleet.yaml:12", null)]
    [InlineData("coders.mine.output", "lines", "default", null)]
    [InlineData("coders.mine.context", "128000", "fleet.yaml:12", null)]
    [InlineData("coders.mine.env", "A=1, B=2", "fleet.yaml:12", null)]
    [InlineData("accounts.work.coder", "claude", "home.yaml:6", null)]
    [InlineData("accounts.work.env", "A, B=C", "home.yaml:6", null)]
    [InlineData("pools.claude.choose", "round_robin", "home.yaml:7", null)]
    [InlineData("pools.claude.failover", "false", "default", null)]
    [InlineData("worktrees.kind", "clone", "default", null)]
    public void Each_value_names_its_origin(string path, string value, string origin, string? note)
    {
        var home = Assert.IsType<SettingsReading.Home>(SettingsFile.Read(Home, SettingsKind.Home, "home.yaml"));
        var repository = Assert.IsType<SettingsReading.Repository>(
            SettingsFile.Read(Repository, SettingsKind.Repository, "fleet.yaml")
        );
        var flags = new AskedByFlag(new AskedLimits(Grace: TimeSpan.FromSeconds(1)));
        var row = Assert.Single(ShownSettings.Rows(home, repository, flags), row => row.Path == path);
        Assert.Equal(new ShownSetting(path, value, origin, note), row);
    }
}
