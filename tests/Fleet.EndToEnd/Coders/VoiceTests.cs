using Fleet.Daemon;
using Fleet.EndToEnd.Chaos;
using Fleet.ModelStub;
using Fleet.ModelStub.Coders;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Tasks;
using Fleet.Rules.Views;

namespace Fleet.EndToEnd.Coders;

/// <summary>A person speaks to the real coders, watches them and stops them.</summary>
public sealed class VoiceTests : IAsyncLifetime
{
    private const string Commit = "bash:git add -A && git commit -qm Said;;text:as you said";

    private readonly ChaosHome fleet = new();
    private ModelServer model = null!;

    public async ValueTask InitializeAsync() => model = await ModelServer.Start();

    public async ValueTask DisposeAsync()
    {
        fleet.Dispose();
        await model.DisposeAsync();
    }

    [Theory]
    [InlineData("claude")]
    [InlineData("codex")]
    public async Task What_is_said_to_a_live_run_changes_what_it_does(string coder)
    {
        using var daemon = await Up(coder);
        var task = await Add(coder, Waits("text:done without having heard"));
        await Works(task);

        await Says(task, "write:said.txt;;" + Commit);
        await Says(task, "write:more.txt;;" + Commit);
        await Go();
        await fleet.Settle([task]);

        await HasLanded(task, 1);
        Assert.Equal("hello from stub\n", fleet.Person.Git("show", "main:more.txt"));
        Assert.Equal(2, Facts<Event.WordsHeard>().Count);
    }

    [Theory]
    [InlineData("claude")]
    [InlineData("codex")]
    public async Task Words_survive_the_death_of_the_daemon_and_are_heard_once(string coder)
    {
        using var first = await Up(coder);
        var task = await Add(coder, Waits("text:done without having heard"));
        await Works(task);

        await Says(task, "write:said.txt;;" + Commit);
        first.Kill();
        using var second = await fleet.Up();
        await Go();
        await fleet.Settle([task]);

        await HasLanded(task, 1);
        Assert.Equal("hello from stub\n", fleet.Person.Git("show", "main:said.txt"));
        Assert.Single(Facts<Event.WordsHeard>());
        Assert.Single(Spoken(task), line => line.Contains("SCRIPT[write:said.txt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_coder_that_cannot_be_spoken_to_hears_it_in_the_same_session_with_its_next_run()
    {
        const string once = """
            coders:
              once:
                command: [claude, -p, --output-format, stream-json, --verbose, --dangerously-skip-permissions,
                  --model, "{model}", --resume, "{session}"]
                prompt: argument
                output: claude-stream-json
                env: { IS_SANDBOX: "1" }
            """;
        CoderSignIn.Write(fleet, "claude", model.Run("ok"), name: "once");
        using var daemon = await Up("claude", once);
        var task = await Add(
            "once",
            Waits("write:first.txt;;bash:git add -A && git commit -qm First;;text:done"),
            StubSettings.Model("claude")
        );
        await Works(task);

        await Says(task, "write:said.txt;;" + Commit);
        await Go();
        await fleet.Settle([task]);

        await HasLanded(task, 2);
        Assert.Equal("hello from stub\n", fleet.Person.Git("show", "main:said.txt"));
        Assert.Equal("hello from stub\n", fleet.Person.Git("show", "main:first.txt"));
        var runs = Facts<Event.RunStarted>();
        Assert.Equal(Facts<Event.SessionBegan>()[0].Session, runs[1].Resume);
    }

    [Theory]
    [InlineData("claude")]
    [InlineData("codex")]
    public async Task A_stop_interrupts_the_coder_first_and_the_record_says_what_ended_it(string coder)
    {
        using var daemon = await Up(coder);
        var task = await Add(coder, "SCRIPT[write:kept.txt;;bash:echo a; sleep 300;;text:never]SCRIPT");
        await Soon.Holds(
            async () =>
                (await Row(task)).Live is { Last: var last } && last.Contains("sleep 300", StringComparison.Ordinal),
            () => $"it sleeps\n{fleet.Notes()}"
        );

        Assert.Equal(Answer.Done, (await fleet.Ask(new Request.StopTask(task))).Code);
        await Soon.Holds(
            async () => await Row(task) is { State: TaskState.Waiting, WaitingFor: WaitingFor.Person },
            () => $"it waits\n{fleet.Notes()}"
        );

        Assert.Equal(StopStep.Interrupted, Assert.Single(Facts<Event.RunExited>()).By);
        Assert.Equal(TurnResult.Interrupted, Assert.Single(Facts<Event.TurnEnded>()).Turn.Result);
        Assert.NotNull(Assert.Single(Facts<Event.WorkSaved>()).Work.Kept);
        Assert.Empty(Bystanders.OfRuns(fleet.Home));
    }

    [Fact]
    public async Task The_list_shows_what_a_live_coder_does_and_spends()
    {
        using var daemon = await Up("claude");
        var task = await Add("claude", Waits("text:done"));
        await Works(task);

        var row = await Row(task);
        Assert.Equal((true, 1234, 7000), (row.IsEstimated, row.Live?.Spent.Input, row.Live?.Spent.CacheRead));
        Assert.Equal(9034, row.Live?.ContextTokens);
        Assert.Null(row.Live?.Spent.Usd);
        Assert.StartsWith("Bash until test", row.Live?.Last, StringComparison.Ordinal);

        await Go();
        await fleet.Settle([task]);
        Assert.Null((await Row(task)).Live);
    }

    private async Task<DaemonProcess> Up(string coder, string settings = "")
    {
        SignIn(coder, model.Run("ok"));
        File.AppendAllText(fleet.Home.Settings, $"\n{settings}");
        File.WriteAllText(
            fleet.Home.Settings,
            File.ReadAllText(fleet.Home.Settings).Replace("grace: 300ms", "grace: 10s", StringComparison.Ordinal)
        );
        var daemon = await fleet.Up();
        await fleet.AddRepository();
        return daemon;
    }

    private string Gate => Path.Combine(fleet.Root, "go");

    /// <summary>A script that waits in a command until the test goes on.</summary>
    private string Waits(string then) => $"SCRIPT[bash:until test -e {Gate}; do sleep 0.1; done;;{then}]SCRIPT";

    private Task Go() => File.WriteAllTextAsync(Gate, "");

    private Task Works(TaskId task) =>
        Soon.Holds(
            async () =>
                (await Row(task)).Live is { Last: var last } && last.Contains("until test", StringComparison.Ordinal),
            () => $"it runs a command\n{fleet.Notes()}"
        );

    private async Task Says(TaskId task, string script) =>
        Assert.Equal(Answer.Done, (await fleet.Ask(new Request.Say(task, $"SCRIPT[{script}]SCRIPT"))).Code);

    private List<T> Facts<T>()
        where T : Event => [.. new Reckoning(fleet).Facts().Select(fact => fact.Event).OfType<T>()];

    private string[] Spoken(TaskId task) => LinesOf(task, "said");

    private string[] LinesOf(TaskId task, string file) =>
        Path.Combine(fleet.Home.Run(new RunId(task, 1)), file) is var path && File.Exists(path)
            ? File.ReadAllLines(path)
            : [];

    private async Task HasLanded(TaskId task, int runs)
    {
        var row = await Row(task);
        var said = string.Join('\n', [.. LinesOf(task, RunFiles.TranscriptName), .. Spoken(task)]);
        Assert.True(row.State is TaskState.Landed && row.Runs == runs, $"{row}\n{said}\n{fleet.Notes()}");
    }

    private async Task<TaskRow> Row(TaskId task) => (await fleet.Tasks()).Single(row => row.Id == task);

    private async Task<TaskId> Add(string coder, string text, string? model = null)
    {
        var brief = new Brief(
            "Sell shoes",
            text,
            "",
            null,
            coder,
            model ?? StubSettings.Model(coder),
            [],
            2,
            [],
            [],
            NoGate: true
        );
        return Assert.NotNull((await fleet.Ask(new Request.AddTask(fleet.Person.Path, brief))).Task);
    }

    private void SignIn(string coder, StubRun run) => CoderSignIn.Write(fleet, coder, run);
}
