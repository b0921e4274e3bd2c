using Fleet.ModelStub;
using Fleet.ModelStub.Apis;

namespace Fleet.EndToEnd.Coders;

/// <summary>The real Codex at the stub prints what was recorded of it.</summary>
public sealed class CodexTests() : Ground("codex")
{
    /// <summary>A run with a model that Codex does not know begins with a warning in the form of an error.</summary>
    private const string Begun = "thread.started item.completed:error turn.started ";
    private const string Worked =
        "item.started:command_execution item.completed:command_execution item.completed:agent_message turn.completed";

    [Fact]
    public async Task A_text_turn_is_a_message_and_the_sums()
    {
        var (run, _) = await Play("SCRIPT[text:all done]SCRIPT");
        Assert.Equal(Begun + "item.completed:agent_message turn.completed", Shape.OfCodex(run));
        Assert.Equal("all done", run.Lines[3].Member("item")?.Text("text"));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task It_writes_a_file_and_runs_a_command()
    {
        var (run, stub) = await Play("SCRIPT[write:a.txt;;bash:echo hi > b.txt; ls;;text:fin]SCRIPT");
        Assert.Equal(
            Begun + "item.started:command_execution item.completed:command_execution " + Worked,
            Shape.OfCodex(run)
        );
        Assert.Equal("hello from stub\n", Home.Made("a.txt"));
        Assert.Equal("hi\n", Home.Made("b.txt"));
        Assert.Equal(3, stub.Asked.Count);
        Assert.Equal(3 * Figures.Prompt, run.Lines[^1].Member("usage")?.Member("input_tokens")?.GetInt32());
    }

    [Fact]
    public async Task A_rate_limit_without_a_time_is_the_end()
    {
        var (run, stub) = await Play(OneStep, "429x1");
        Assert.Equal(Begun + "error turn.failed", Shape.OfCodex(run));
        Assert.Single(stub.Asked);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task A_rate_limit_with_a_time_is_waited_for()
    {
        var (run, _) = await Play(OneStep, "429rax1~1");
        Assert.Equal(Begun + "error " + Worked, Shape.OfCodex(run));
    }

    [Fact]
    public async Task A_usage_limit_is_told_in_words_only()
    {
        var (run, stub) = await Play(OneStep, "limit");
        Assert.Equal(Begun + "error turn.failed", Shape.OfCodex(run));
        Assert.Contains(
            "hit your usage limit",
            run.Lines[^1].Member("error")?.Text("message"),
            StringComparison.Ordinal
        );
        Assert.Single(stub.Asked);
    }

    [Fact]
    public async Task A_dropped_stream_is_taken_up_again()
    {
        var (run, _) = await Play(OneStep, "dropx1");
        Assert.Equal(Begun + "error " + Worked, Shape.OfCodex(run));
    }

    [Fact]
    public async Task A_bad_key_is_tried_three_times()
    {
        var (run, stub) = await Play(OneStep, "401");
        Assert.Equal(Begun + "error error error turn.failed", Shape.OfCodex(run));
        Assert.Equal(3, stub.Asked.Count);
        Assert.Equal(1, run.ExitCode);
    }
}
