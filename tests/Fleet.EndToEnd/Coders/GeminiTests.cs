using Fleet.ModelStub;
using Fleet.ModelStub.Apis;

namespace Fleet.EndToEnd.Coders;

/// <summary>The real Gemini CLI at the stub prints what was recorded of it.</summary>
public sealed class GeminiTests() : Ground("gemini")
{
    private const string Begun = "init message:user ";
    private const string Worked = "tool_use:run_shell_command tool_result:success message:assistant result:success";

    [Fact]
    public async Task A_text_turn_is_a_message_and_a_result()
    {
        var (run, _) = await Play("SCRIPT[text:all done]SCRIPT");
        Assert.Equal(Begun + "message:assistant result:success", Shape.OfGemini(run));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task It_writes_a_file_and_runs_a_command()
    {
        var (run, stub) = await Play("SCRIPT[write:a.txt;;bash:echo hi > b.txt; ls;;text:fin]SCRIPT");
        Assert.Equal(Begun + "tool_use:write_file tool_result:success " + Worked, Shape.OfGemini(run));
        Assert.Equal("hello from stub\n", Home.Made("a.txt"));
        Assert.Equal("hi\n", Home.Made("b.txt"));
        Assert.Equal(3, stub.Asked.Count);
        Assert.Equal(3 * Figures.Prompt, run.Lines[^1].Member("stats")?.Member("input_tokens")?.GetInt32());
    }

    [Fact]
    public async Task A_rate_limit_is_retried_out_of_sight()
    {
        var (run, stub) = await Play(OneStep, "429x1");
        Assert.Equal(Begun + Worked, Shape.OfGemini(run));
        Assert.Equal(3, stub.Asked.Count);
    }

    [Fact]
    public async Task A_used_up_quota_ends_it_without_a_reset_time()
    {
        var (run, stub) = await Play(OneStep, "limit");
        Assert.Equal(Begun + "result:error", Shape.OfGemini(run));
        Assert.Contains("daily quota", run.Lines[^1].Member("error")?.Text("message"), StringComparison.Ordinal);
        Assert.Single(stub.Asked);
        Assert.Equal(429 % 256, run.ExitCode);
    }

    [Fact]
    public async Task A_dropped_stream_ends_it()
    {
        var (run, _) = await Play(OneStep, "dropx1");
        Assert.Equal(Begun + "message:assistant result:error", Shape.OfGemini(run));
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task A_bad_key_ends_it()
    {
        var (run, stub) = await Play(OneStep, "401");
        Assert.Equal(Begun + "result:error", Shape.OfGemini(run));
        Assert.Single(stub.Asked);
        Assert.Equal(401 % 256, run.ExitCode);
    }
}
