using Fleet.EndToEnd.Chaos;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Views;

namespace Fleet.EndToEnd.Coders;

/// <summary>Real coders under an agent's own permissions, and a person who is asked.</summary>
public sealed class AskStoryTests : FleetGround
{
    private const string Touch =
        "SCRIPT[bash:touch asked.txt;;write:shoes.txt;;bash:git add -A && git commit -qm Shoes;;text:done]SCRIPT";

    [Theory]
    [InlineData("claude", "yes")]
    [InlineData("claude", "no")]
    [InlineData("codex", "yes")]
    public async Task A_run_asks_a_person_and_goes_on_with_the_answer(string coder, string answer)
    {
        SignIn(coder, model.Run("ok"));
        Permit("ask: [\"shell: touch*\"]");
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add(coder, Touch, agent: "builder");
        await Asks(task);
        Assert.Contains("touch asked.txt", (await Row(task)).Why, StringComparison.Ordinal);
        Assert.Equal(0, await fleet.Fleet("answer", $"{task}", answer));
        await fleet.Settle([task]);

        Assert.Equal((TaskState.Landed, 1), ((await Row(task)).State, (await Row(task)).Runs));
        Assert.Equal(answer == "yes", OnTrunk("asked.txt"));
        Assert.True(OnTrunk("shoes.txt"));
        var asked = Assert.Single(Events().OfType<Event.PermissionAsked>());
        var answered = Events().OfType<Event.PermissionAnswered>().Single(e => e.Request == asked.Request);
        Assert.Equal(answer == "yes", answered.Allowed);
    }

    [Theory]
    [InlineData("claude")]
    [InlineData("codex")]
    public async Task A_question_is_still_open_under_the_next_daemon(string coder)
    {
        SignIn(coder, model.Run("ok"));
        Permit("ask: [\"shell: touch*\"]");
        using var first = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add(coder, Touch, agent: "builder");
        await Asks(task);
        first.Kill();
        using var second = await fleet.Up();
        await Asks(task);
        await fleet.Ask(new Request.AnswerPermission(task, Allowed: true));
        await fleet.Settle([task]);

        Assert.Equal((TaskState.Landed, 1), ((await Row(task)).State, (await Row(task)).Runs));
        Assert.True(OnTrunk("asked.txt"));
        Assert.Single(Events().OfType<Event.PermissionAsked>());
    }

    [Fact]
    public async Task An_answer_that_nobody_was_there_to_hear_is_told_by_the_next_daemon()
    {
        SignIn("claude", model.Run("ok"));
        Permit("ask: [\"shell: touch*\"]");
        using var first = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add("claude", Touch, agent: "builder");
        await Asks(task);
        first.Kill();
        Assert.Equal(0, await fleet.Fleet("answer", $"{task}", "yes"));
        using var second = await fleet.Up();
        await fleet.Settle([task]);

        Assert.Equal((TaskState.Landed, 1), ((await Row(task)).State, (await Row(task)).Runs));
        Assert.True(OnTrunk("asked.txt"));
    }

    [Fact]
    public async Task A_run_that_waits_for_a_person_is_not_taken_for_idle()
    {
        SignIn("claude", model.Run("ok"));
        var settings = await File.ReadAllTextAsync(fleet.Home.Settings);
        var impatient = settings.Replace("grace: 300ms", "grace: 300ms, idle: 4s", StringComparison.Ordinal);
        await File.WriteAllTextAsync(fleet.Home.Settings, impatient);
        Permit("ask: [\"shell: touch*\"]");
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add("claude", Touch, agent: "builder");
        await Asks(task);
        await Task.Delay(TimeSpan.FromSeconds(7));
        await fleet.Ask(new Request.AnswerPermission(task, Allowed: true));
        await fleet.Settle([task]);

        Assert.Equal((TaskState.Landed, 1), ((await Row(task)).State, (await Row(task)).Runs));
    }

    [Fact]
    public async Task What_nobody_answers_is_denied_and_the_run_goes_on()
    {
        SignIn("claude", model.Run("ok"));
        Permit("ask: [\"shell: touch*\"], wait: 1s");
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add("claude", Touch, agent: "builder");
        await fleet.Settle([task]);

        Assert.Equal(TaskState.Landed, (await Row(task)).State);
        Assert.False(OnTrunk("asked.txt"));
        var answers = Events().OfType<Event.PermissionAnswered>();
        Assert.Contains(answers, e => e is { Allowed: false, By: "nobody answered in time" });
    }

    [Theory]
    [InlineData("claude")]
    [InlineData("codex")]
    public async Task What_an_agent_may_not_is_denied_and_the_rule_is_in_the_record(string coder)
    {
        SignIn(coder, model.Run("ok"));
        Permit("deny: [\"shell: touch*\"]");
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add(coder, Touch, agent: "builder");
        await fleet.Settle([task]);

        var answers = Events().OfType<Event.PermissionAnswered>().ToList();
        Assert.Contains(answers, e => e is { Allowed: false, By: "the agent may not: shell: touch*" });
        Assert.False(OnTrunk("asked.txt"), string.Join('\n', answers));
    }

    [Fact]
    public async Task A_plan_is_written_first_and_carried_out_once_a_person_approved_it()
    {
        SignIn("claude", model.Run("ok"));
        await File.AppendAllTextAsync(fleet.Home.Settings, "\nagents: { builder: { plan: ask } }\n");
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        const string planned = "bash:echo '- sell' > $FLEET_TASK_DIR/plan.md;;text:planned;;";
        var script = WriteAndCommit.Replace("SCRIPT[w", $"SCRIPT[{planned}w", StringComparison.Ordinal);
        var task = await Add("claude", script, agent: "builder");
        await fleet.Settle([task]);
        Assert.StartsWith("its plan waits for you", (await Row(task)).Why, StringComparison.Ordinal);
        Assert.Equal(0, await fleet.Fleet("approve", $"{task}"));
        await fleet.Settle([task]);

        Assert.Equal((TaskState.Landed, 2), ((await Row(task)).State, (await Row(task)).Runs));
        Assert.True(OnTrunk("shoes.txt"));
    }

    private void Permit(string permissions) =>
        File.AppendAllText(fleet.Home.Settings, $"\nagents: {{ builder: {{ permissions: {{ {permissions} }} }} }}\n");

    private Task Asks(TaskId task) =>
        Soon.Holds(
            async () =>
                (await fleet.Tasks()).FirstOrDefault(row => row.Id == task)
                    is { State: TaskState.Working, WaitingFor: WaitingFor.Person },
            () => $"its run asks a person\n{fleet.Notes()}"
        );

    private bool OnTrunk(string file) =>
        fleet.Person.Git("ls-tree", "--name-only", "main").Split('\n').Contains(file, StringComparer.Ordinal);
}
