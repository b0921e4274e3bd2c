using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Views;

namespace Fleet.EndToEnd.Coders;

/// <summary>What real coders are told, what they write down for the next run, and how a loop ends.</summary>
public sealed class BriefStoryTests : FleetGround
{
    [Fact]
    public async Task A_conversation_that_goes_on_is_told_only_what_is_new()
    {
        SignIn("claude", model.Run("limitx1~4"), subscription: true);
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add("claude", WriteAndCommit);
        await fleet.Settle([task]);

        Assert.Equal((TaskState.Landed, 2), ((await Row(task)).State, (await Row(task)).Runs));
        Assert.Contains("SCRIPT[", BriefOf(new RunId(task, 1)), StringComparison.Ordinal);
        var again = BriefOf(new RunId(task, 2));
        Assert.StartsWith("Go on with your task.", again, StringComparison.Ordinal);
        Assert.DoesNotContain("SCRIPT[", again, StringComparison.Ordinal);
        var given = Events().OfType<Event.ContextGiven>().Last().Context;
        Assert.Contains(given.Parts, part => part is { Name: "task", Since: 1 });
        Assert.Equal(0, await fleet.Fleet("task", $"{task}", "context"));
    }

    [Theory]
    [InlineData("claude")]
    [InlineData("codex")]
    [InlineData("gemini")]
    [InlineData("opencode")]
    public async Task A_coder_may_write_its_tasks_notes(string coder)
    {
        SignIn(coder, model.Run("ok"));
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        const string notes = "bash:echo learned > $FLEET_TASK_DIR/knowledge.md;;";
        var task = await Add(coder, WriteAndCommit.Replace("SCRIPT[w", $"SCRIPT[{notes}w", StringComparison.Ordinal));
        await fleet.Settle([task]);

        Assert.Equal(TaskState.Landed, (await Row(task)).State);
        Assert.Equal("learned\n", await File.ReadAllTextAsync(Path.Combine(fleet.Home.Task(task), "knowledge.md")));
        Assert.Equal("", fleet.Person.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task A_coders_own_tool_for_files_may_write_them_too()
    {
        SignIn("claude", model.Run("ok"));
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var plan = Path.Combine(fleet.Home.Tasks, "1", "plan.md");
        var script = WriteAndCommit.Replace("SCRIPT[w", $"SCRIPT[write:{plan};;w", StringComparison.Ordinal);
        var task = await Add("claude", script);
        await fleet.Settle([task]);

        Assert.Equal(TaskState.Landed, (await Row(task)).State);
        Assert.Equal("hello from stub\n", await File.ReadAllTextAsync(plan));
    }

    [Fact]
    public async Task An_endless_loop_is_interrupted_sent_back_once_with_a_note_and_then_set_aside()
    {
        SignIn("claude", model.Run("ok"));
        using var daemon = await fleet.Up();
        await fleet.AddRepository();

        var task = await Add("claude", "SCRIPT[repeat:bash:false]SCRIPT");
        await fleet.Settle([task]);

        var row = await Row(task);
        Assert.Equal((TaskState.Waiting, WaitingFor.Person, 2), (row.State, row.WaitingFor, row.Runs));
        Assert.StartsWith(
            "set aside: looping: the same call of Bash failed 5 times",
            row.Why,
            StringComparison.Ordinal
        );
        var stops = Events().OfType<Event.RunStopAsked>().Select(stop => stop.Reason);
        Assert.Equal([StopReason.Looping, StopReason.Looping], stops);
        Assert.Contains("Do not repeat it", BriefOf(new RunId(task, 2)), StringComparison.Ordinal);
    }

    private string BriefOf(RunId run) => File.ReadAllText(RunFiles.Brief(fleet.Home.Run(run)));
}
