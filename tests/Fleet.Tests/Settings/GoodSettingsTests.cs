using Fleet.Rules.Settings;
using Fleet.Settings;
using Fleet.Tests.Tidy;

namespace Fleet.Tests.Settings;

/// <summary>What is written well is read as it is meant.</summary>
public sealed class GoodSettingsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("version: 1\n")]
    [InlineData("\uFEFFversion: 1\r\n")]
    [InlineData("limits:\nlanding:\nagents:\n")]
    [InlineData("{}")]
    public void A_file_that_says_nothing_leaves_every_default(string yaml)
    {
        var home = Home(yaml);
        Assert.Equal((3, 2), (home.MaxConcurrent, home.MaxGates));
        Assert.Equal(TimeSpan.FromMinutes(60), home.Limits.Time);
        Assert.Equal(TimeSpan.FromMinutes(10), home.Limits.Idle);
        Assert.Equal(TimeSpan.FromSeconds(5), home.Limits.Grace);
        Assert.Equal(4L << 30, home.Limits.OutputBytes);
        Assert.Equal(new RetrySettings(2, 2, 0, new BackoffSettings(TimeSpan.FromSeconds(1), 4)), home.Retries);
        Assert.Equal(TimeSpan.FromMinutes(10), home.GateTimeout);
        Assert.Equal(new LandingSettings(LandingMode.Approve, Push: true), home.Landing);
        Assert.Empty(home.Agents);
        Assert.Null(home.DayBudget.Usd);
    }

    [Fact]
    public void Every_key_of_the_home_is_read()
    {
        var home = Home(
            """
            version: 1
            max_concurrent: 8
            max_gates: 4
            gate_timeout: 1h30m
            limits: { run: 2h, idle: 90s, grace: 250ms, output: 500MB }
            retries: { after_crash: 0, after_refusal: 3, after_command_refusal: 1, first_wait: 2s, factor: 3 }
            landing: { mode: auto, push: false }
            day_budget: { usd: 60.50 }
            daemon: { log: 1MiB }
            agents:
              backend:
                coder: claude
                model: opus
                purpose: review
                prompt: |
                  Look twice.
                  Then again.
                paths: ["src/Api/**", docs]
                budget: { usd: 4, minutes: 40 }
              docs: { coder: mine }
              plain:
            coders: { mine: { command: [mycli, --model, "{model}", 5, ""] } }
            """
        );
        Assert.Equal((8, 4, TimeSpan.FromMinutes(90)), (home.MaxConcurrent, home.MaxGates, home.GateTimeout));
        var limits = new RunLimits(
            TimeSpan.FromHours(2),
            TimeSpan.FromSeconds(90),
            TimeSpan.FromMilliseconds(250),
            500_000_000
        );
        Assert.Equal(limits, home.Limits);
        Assert.Equal(new RetrySettings(0, 3, 1, new BackoffSettings(TimeSpan.FromSeconds(2), 3)), home.Retries);
        Assert.Equal(new LandingSettings(LandingMode.Auto, Push: false), home.Landing);
        Assert.Equal((60.50m, 1L << 20), (home.DayBudget.Usd, home.Daemon.LogBytes));
        Assert.Equal(["backend", "docs", "plain"], home.Agents.Select(each => each.Name));
        var agent = home.Agents[0];
        Assert.Equal(("backend", "claude", "opus"), (agent.Name, agent.Coder, agent.Model));
        Assert.Equal((AgentPurpose.Review, "Look twice.\nThen again.\n"), (agent.Purpose, agent.Prompt));
        Assert.Equal(["src/Api/**", "docs"], agent.Paths);
        Assert.Equal(new Budget(4, 40), agent.Budget);
        var coder = Assert.Single(home.Coders);
        Assert.Equal("mine", coder.Name);
        Assert.Equal(["mycli", "--model", "{model}", "5", ""], coder.Command);
    }

    [Fact]
    public void Every_key_of_the_homes_accounts_is_read()
    {
        var home = Home(
            """
            accounts:
              work: { coder: claude, config_dir: ~/.claude-work }
              home: { coder: claude, key_file: /keys/home, env: [HTTPS_PROXY, ANTHROPIC_BASE_URL=HOME_URL] }
            pools: { claude: { choose: round_robin, failover: true } }
            """
        );
        Assert.Equal(
            [
                new AccountSettings("work", "claude", "~/.claude-work"),
                new AccountSettings(
                    "home",
                    "claude",
                    KeyFile: "/keys/home",
                    Env: ["HTTPS_PROXY", "ANTHROPIC_BASE_URL=HOME_URL"]
                ),
            ],
            home.Accounts
        );
        Assert.Equal([new PoolSettings("claude", AccountChoice.RoundRobin, Failover: true)], home.Pools);
    }

    [Fact]
    public void The_pool_on_the_page_of_coders_is_read()
    {
        var home = Home(SourceTree.File("docs/coders.md").Text.Split("## Who pays")[1].Split("```")[1][5..]);
        Assert.Equal(["work", "spare", "team"], home.Accounts.Select(account => account.Name));
        Assert.Equal([new PoolSettings("claude", AccountChoice.Quota, Failover: true)], home.Pools);
    }

    [Fact]
    public void Every_key_of_a_repository_is_read()
    {
        var repository = Repository(
            """
            version: 1
            trunk: release/2.x
            setup: npm ci
            gates:
              - { name: tests, run: ./test.sh, timeout: 5m }
              - name: types
                run: |
                  npx tsc
                  npx lint
            worktrees: { root: ~/trees, kind: linked, setup: [a, b], carry: [.env, conf/local.json], pause_file: .hold }
            landing: { mode: approve }
            limits: { idle: 2m }
            agents: { docs: { paths: [docs] } }
            coders: { mine: { command: [./coder] } }
            """
        );
        Assert.Equal("release/2.x", repository.Trunk);
        Assert.Equal(["npm ci"], repository.Setup);
        Assert.Equal(
            [
                new GateSettings("tests", "./test.sh", TimeSpan.FromMinutes(5)),
                new GateSettings("types", "npx tsc\nnpx lint\n"),
            ],
            repository.Gates
        );
        Assert.Equal(("~/trees", WorktreeKind.Linked), (repository.Worktrees.Root, repository.Worktrees.Kind));
        Assert.Equal(["a", "b"], repository.Worktrees.Setup);
        Assert.Equal([".env", "conf/local.json"], repository.Worktrees.Carry);
        Assert.Equal(".hold", repository.Worktrees.PauseFile);
        Assert.Equal(new AskedLanding(LandingMode.Approve), repository.Landing);
        Assert.Equal(new AskedLimits(Idle: TimeSpan.FromMinutes(2)), repository.Limits);
        Assert.Equal(["docs"], Assert.Single(repository.Agents).Paths);
        Assert.Equal(["./coder"], Assert.Single(repository.Coders).Command);
    }

    [Fact]
    public void Every_key_of_a_coder_is_read()
    {
        var coder = Assert.Single(
            Repository(
                """
                coders:
                  mine:
                    command: [mycli, "{prompt}", "{anything else}", "{}"]
                    prompt: argument
                    output: claude-stream-json
                    context: 128000
                    env: { CI: 1, EMPTY: "", STATE: "{configuration}/state" }
                    limits: [usage limit reached, "wait {in}"]
                """
            ).Coders
        );

        Assert.Equal(["mycli", "{prompt}", "{anything else}", "{}"], coder.Command);
        Assert.Equal((CoderPrompt.Argument, CoderOutput.ClaudeStreamJson), (coder.Prompt, coder.Output));
        Assert.Equal(128_000, coder.Context);
        Assert.Equal(
            ["CI=1", "EMPTY=", "STATE={configuration}/state"],
            coder.Env.Select(one => $"{one.Key}={one.Value}")
        );
        Assert.Equal(["usage limit reached", "wait {in}"], coder.Limits);
    }

    [Fact]
    public void A_coder_of_which_only_its_command_is_known_prints_lines_and_reads_its_input()
    {
        var coder = Assert.Single(Repository("coders: { mine: { command: [a], env: } }").Coders);

        Assert.Equal((CoderPrompt.Stdin, CoderOutput.Lines, (long?)null), (coder.Prompt, coder.Output, coder.Context));
        Assert.Empty(coder.Env);
        Assert.Empty(coder.Limits);
    }

    [Fact]
    public void A_command_that_looks_like_a_number_or_a_truth_is_still_a_command()
    {
        var gates = Repository("gates:\n  - { name: 1, run: true }\n  - { name: 2.0, run: 5 }\n").Gates;
        Assert.Equal([new GateSettings("1", "true"), new GateSettings("2.0", "5")], gates);
    }

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("5s", 5_000)]
    [InlineData("10m", 600_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1d2h3m4s5ms", 93_784_005)]
    public void Times_are_read_and_written_alike(string text, long milliseconds)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), DurationText.Parse(text));
        Assert.Equal(text, DurationText.Write(TimeSpan.FromMilliseconds(milliseconds)));
    }

    [Theory]
    [InlineData("4GiB", 4L << 30)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("100B", 100)]
    public void Sizes_are_read_and_written_alike(string text, long bytes)
    {
        Assert.Equal(bytes, SizeText.Parse(text));
        Assert.Equal(text, SizeText.Write(bytes));
    }

    [Fact]
    public void The_defaults_of_the_table_are_those_that_hold()
    {
        var shown = ShownSettings.Rows(Assert.IsType<SettingsReading.Home>(Read("", SettingsKind.Home)));
        var fixedKeys = SettingsTable.Keys.Where(key =>
            key.IsSingle && key.Type is not (SettingType.Map or SettingType.Records or SettingType.Named)
        );
        Assert.Equal(
            fixedKeys.Select(key => (key.Path, key.Default)).Order(),
            shown.Select(row => (row.Path, row.Value)).Order()
        );
    }

    [Fact]
    public void The_reference_names_every_key() =>
        Assert.All(
            SettingsTable.Keys,
            key => Assert.Contains($"| `{key.Path}` |", SettingsReference.Markdown(), StringComparison.Ordinal)
        );

    private static HomeSettings Home(string yaml) =>
        Assert.IsType<SettingsReading.Home>(Read(yaml, SettingsKind.Home)).Settings;

    private static RepositorySettings Repository(string yaml) =>
        Assert.IsType<SettingsReading.Repository>(Read(yaml, SettingsKind.Repository)).Settings;

    private static SettingsReading Read(string yaml, SettingsKind kind)
    {
        var reading = SettingsFile.Read(yaml, kind, "settings.yaml");
        return reading is SettingsReading.Wrong wrong ? throw new InvalidOperationException(wrong.Render()) : reading;
    }
}
