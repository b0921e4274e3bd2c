using Fleet.EndToEnd.Chaos;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Views;

namespace Fleet.EndToEnd.Coders;

/// <summary>The real coders as runs of a real fleet, against the scripted model server.</summary>
public sealed class FleetStoryTests : FleetGround
{
    [Theory]
    [InlineData("claude")]
    [InlineData("codex")]
    [InlineData("gemini")]
    [InlineData("opencode")]
    public async Task A_task_is_worked_on_gated_approved_and_landed(string coder)
    {
        SignIn(coder, model.Run("ok"));
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add(coder, WriteAndCommit, gated: true);
        await fleet.Settle([task]);

        Assert.Equal(TaskState.Landed, (await Row(task)).State);
        Assert.Equal("hello from stub\n", fleet.Person.Git("show", "main:shoes.txt"));
        var facts = new Reckoning(fleet).Facts().ConvertAll(fact => fact.Event);
        Assert.Equal(TurnResult.Done, facts.OfType<Event.TurnEnded>().Single().Turn.Result);
        Assert.Single(facts.OfType<Event.SessionBegan>());
        Assert.NotNull((await Row(task)).Tokens);
    }

    [Fact]
    public async Task A_push_is_denied_and_the_answer_is_in_the_record()
    {
        SignIn("claude", model.Run("ok"));
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add("claude", "SCRIPT[bash:git push origin HEAD;;write:a.txt;;text:done]SCRIPT");
        await fleet.Settle([task]);

        var answers = new Reckoning(fleet).Facts().Select(fact => fact.Event).OfType<Event.PermissionAnswered>();
        Assert.Contains(answers, answer => answer is { Allowed: false, By: "pushing is denied" });
    }

    [Fact]
    public async Task A_usage_limit_parks_the_task_until_it_resets_and_then_it_goes_on_by_itself()
    {
        SignIn("claude", model.Run("limitx1~4"), subscription: true);
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add("claude", WriteAndCommit);
        await Soon.Holds(
            async () => await Row(task) is { State: TaskState.Waiting, WaitingFor: WaitingFor.Limit },
            () => $"the task waits for the limit\n{fleet.Notes()}"
        );
        await fleet.Settle([task]);

        Assert.Equal((TaskState.Landed, 2), ((await Row(task)).State, (await Row(task)).Runs));
    }

    [Fact]
    public async Task A_conversation_goes_on_under_the_next_daemon()
    {
        SignIn("claude", model.Run("ok"));
        using var first = await fleet.Up();
        await fleet.AddRepository();
        var gate = Path.Combine(fleet.Root, "go");
        var script = $"SCRIPT[bash:until test -e {gate}\\; do sleep 0.1\\; done;;{WriteAndCommit[7..]}";

        var task = await Add("claude", script.Replace("\\;", ";", StringComparison.Ordinal));
        await Soon.Holds(
            () => Bystanders.OfRuns(fleet.Home).Exists(process => IsShell(process.Pid)),
            "claude runs a command"
        );
        first.Kill();
        await File.WriteAllTextAsync(gate, "");
        using var second = await fleet.Up();
        await fleet.Settle([task]);

        Assert.Equal((TaskState.Landed, 1), ((await Row(task)).State, (await Row(task)).Runs));
    }

    [Theory]
    [InlineData("claude", "tokens: 12000")]
    [InlineData("codex", "tokens: 12000")]
    [InlineData("claude", "usd: 0.008")]
    public async Task A_run_is_held_to_its_budget_its_work_is_kept_and_a_raised_limit_lets_it_go_on(
        string coder,
        string budget
    )
    {
        SignIn(coder, model.Run("ok"));
        var settings = await File.ReadAllTextAsync(fleet.Home.Settings);
        await File.WriteAllTextAsync(fleet.Home.Settings, $"{settings}\nrun_budget: {{ {budget} }}\n");
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add(coder, $"SCRIPT[write:half.txt;;bash:echo half; sleep 8;;{WriteAndCommit[7..]}");
        await Soon.Holds(
            async () => await Row(task) is { State: TaskState.Waiting, WaitingFor: WaitingFor.Budget },
            () => $"the task waits for its budget\n{fleet.Notes()}"
        );

        var facts = new Reckoning(fleet).Facts().ConvertAll(fact => fact.Event);
        Assert.Equal(FailureKind.Budget, facts.OfType<Event.RunFailed>().Single().Kind);
        Assert.NotNull(facts.OfType<Event.WorkSaved>().Single().Work.Proposal);
        Assert.NotNull((await Row(task)).Tokens);
        Assert.Contains("fleet config set run_budget", (await Row(task)).Why, StringComparison.Ordinal);

        await File.WriteAllTextAsync(fleet.Home.Settings, settings);
        await fleet.Settle([task]);
        Assert.Equal((TaskState.Landed, 2), ((await Row(task)).State, (await Row(task)).Runs));
    }

    private static bool IsShell(int pid) =>
        File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Contains("until test");
}
