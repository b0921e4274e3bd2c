using Fleet.Daemon;
using Fleet.EndToEnd.Chaos;
using Fleet.ModelStub;
using Fleet.ModelStub.Coders;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Tasks;
using Fleet.Rules.Views;

namespace Fleet.EndToEnd.Coders;

/// <summary>Real coders that several accounts pay for; the daemon itself finds stray keys around it.</summary>
public sealed class AccountStoryTests : IAsyncLifetime
{
    private const string Token = "sk-ant-oat01-dummy";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ChaosHome fleet = new();
    private ModelServer model = null!;
    private int tasks;

    public async ValueTask InitializeAsync()
    {
        model = await ModelServer.Start();
        foreach (var name in (string[])["ANTHROPIC", "OPENAI", "GEMINI", "GOOGLE", "CODEX"])
        {
            fleet.Variables[$"{name}_API_KEY"] = "dummy-stray";
            fleet.Variables[$"{name}_BASE_URL"] = "http://127.0.0.1:9";
        }

        fleet.Variables["ANTHROPIC_AUTH_TOKEN"] = "dummy-stray";
        fleet.Variables["CLAUDE_CODE_OAUTH_TOKEN"] = "dummy-stray";
    }

    public async ValueTask DisposeAsync()
    {
        fleet.Dispose();
        await model.DisposeAsync();
    }

    [Fact]
    public async Task When_the_first_account_is_used_up_the_task_goes_on_with_the_second_and_lands()
    {
        var (usedUp, spare) = (model.Run("limit@1"), model.Run("ok"));
        TakenFromTheDaemon(Subscription(usedUp, "work"));
        var key = Path.Combine(fleet.Root, "spare.key");
        WriteLines(key, Subscription(spare, "spare"));
        File.AppendAllText(
            fleet.Home.Settings,
            $"""

            accounts:
              work: {"{"} coder: claude, env: [{string.Join(", ", Subscription(usedUp, "").Keys.Select(Taken))}] {"}"}
              spare: {"{"} coder: claude, key_file: {key} {"}"}
            pools: {"{"} claude: {"{"} choose: order, failover: true {"}"} {"}"}

            """
        );
        InstalledOrSkip("claude");
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add("claude");
        await fleet.Settle([task]);

        var row = await Row(task);
        Assert.True((TaskState.Landed, 2) == (row.State, row.Runs), $"{row}\n{fleet.Notes()}");
        var facts = new Reckoning(fleet).Facts().ConvertAll(fact => fact.Event);
        Assert.Equal(["work", "spare"], facts.OfType<Event.RunStarted>().Select(started => started.Account));
        Assert.Equal(new AccountId("claude", "work"), Assert.Single(facts.OfType<Event.AccountLimited>()).Account);
        Assert.Contains(facts.OfType<Event.AccountWindowsSeen>(), seen => seen.Windows.Any(window => window.IsReached));
        Assert.Equal("one\none\n", fleet.Person.Git("show", "main:shoes-1.txt"));
        Assert.NotEmpty(usedUp.Asked);
        Assert.All(usedUp.Asked, asked => Assert.Equal($"authorization:{Token}-work", asked.Credential));
        Assert.All(spare.Asked, asked => Assert.Equal($"authorization:{Token}-spare", asked.Credential));
        Assert.DoesNotContain(facts, fact => Log.EventJson.Body(fact).Contains("dummy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_key_asks_a_person_while_another_coders_task_goes_on()
    {
        SignIn("claude", model.Run("401"));
        SignIn("codex", model.Run("ok"));
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var refused = await Add("claude");
        await Soon.Holds(
            async () => await Row(refused) is { State: TaskState.Waiting, WaitingFor: WaitingFor.Person },
            () => $"the task waits for a person\n{fleet.Notes()}"
        );
        var (same, other) = (await Add("claude"), await Add("codex"));
        await fleet.Settle([other]);

        Assert.Equal(TaskState.Landed, (await Row(other)).State);
        Assert.Equal((WaitingFor.Person, 0), ((await Row(same)).WaitingFor, (await Row(same)).Runs));
        var account = (await Status()).Accounts.Single(row => row.Coder == "claude");
        Assert.Equal(AccountState.Refused, account.State);

        SignIn("claude", model.Run("ok"));
        Assert.Equal(Answer.Done, await fleet.Fleet("accounts", "resume", "claude/default"));
        await fleet.Settle([refused, same]);
        Assert.Equal(TaskState.Landed, (await Row(refused)).State);
    }

    [Fact]
    public async Task A_key_file_that_others_may_read_starts_nothing_and_says_what_to_do()
    {
        var key = Path.Combine(fleet.Root, "open.key");
        await File.WriteAllTextAsync(key, Token);
        File.SetUnixFileMode(key, OwnerOnly | UnixFileMode.OtherRead);
        await File.AppendAllTextAsync(
            fleet.Home.Settings,
            $"\naccounts: {{ work: {{ coder: claude, key_file: {key} }} }}\n"
        );
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add("claude");
        await Soon.Holds(
            async () => await Row(task) is { State: TaskState.Waiting, WaitingFor: WaitingFor.Person },
            () => $"the task waits for a person\n{fleet.Notes()}"
        );

        var why = $"account claude/work: {key} may be read by others: chmod 600 {key}; then: fleet accounts resume";
        Assert.StartsWith(why, (await Row(task)).Why, StringComparison.Ordinal);
        Assert.DoesNotContain(new Reckoning(fleet).Facts(), fact => fact.Event is Event.RunSpawned);
    }

    private async Task<TaskRow> Row(TaskId task) => (await fleet.Tasks()).Single(row => row.Id == task);

    private async Task<FleetStatus> Status()
    {
        await using var control = new HttpControl(fleet.Home);
        return await control.Status(TestContext.Current.CancellationToken);
    }

    private async Task<TaskId> Add(string coder)
    {
        var name = StubSettings.Model(coder);
        var brief = new Brief("Sell shoes", Script(), "", null, coder, name, [], 2, [], [], NoGate: true);
        var answer = await fleet.Ask(new Request.AddTask(fleet.Person.Path, brief));
        return Assert.NotNull(answer.Task);
    }

    /// <summary>Each attempt adds a line to the task's file.</summary>
    private string Script() =>
        $"SCRIPT[bash:echo one >> shoes-{++tasks}.txt;;bash:git add -A && git commit -qm Shoes;;text:all done]SCRIPT";

    private Dictionary<string, string> Subscription(StubRun run, string name)
    {
        var home = Directory.CreateDirectory(Path.Combine(fleet.Root, $"coder-{name}")).FullName;
        return StubSettings
            .ClaudeSubscription(run, home)
            .Environment.SetItem("CLAUDE_CODE_OAUTH_TOKEN", $"{Token}-{name}")
            .ToDictionary(StringComparer.Ordinal);
    }

    private void TakenFromTheDaemon(Dictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
        {
            fleet.Variables[$"WORK_{name}"] = value;
        }
    }

    private static string Taken(string name) => $"{name}=WORK_{name}";

    /// <summary>The only account of a coder is a directory of the home, with a file for its keys.</summary>
    private void SignIn(string coder, StubRun run)
    {
        InstalledOrSkip(coder);
        var account = Directory.CreateDirectory(fleet.Home.Coder(coder)).FullName;
        var variables = StubSettings.For(coder, run, account).Environment.Remove("CODEX_HOME");
        WriteLines(
            Path.Combine(account, "env"),
            variables.Add("FLEET_CODER_SERVER", run.UrlWithVersion).SetItem("OPENAI_API_KEY", "dummy")
        );
    }

    private void InstalledOrSkip(string coder)
    {
        var program = RealCoders.Path(coder);
        Assert.SkipWhen(program is null, RealCoders.Missing(coder));
        fleet.Path = $"{Path.GetDirectoryName(program)}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    private static void WriteLines(string file, IEnumerable<KeyValuePair<string, string>> variables)
    {
        File.WriteAllLines(file, variables.Select(pair => $"{pair.Key}={pair.Value}"));
        File.SetUnixFileMode(file, OwnerOnly);
    }
}
