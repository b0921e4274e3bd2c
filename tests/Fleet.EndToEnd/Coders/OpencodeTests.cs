using Fleet.ModelStub;
using Fleet.ModelStub.Apis;

namespace Fleet.EndToEnd.Coders;

/// <summary>The real opencode at the stub prints what was recorded of it.</summary>
public sealed class OpencodeTests() : Ground("opencode")
{
    private const string Said = "step_start text step_finish:stop";
    private const string Worked = "step_start tool_use:bash:completed step_finish:tool-calls " + Said;

    [Fact]
    public async Task A_text_turn_is_one_step()
    {
        var (run, _) = await Play("SCRIPT[text:all done]SCRIPT");
        Assert.Equal(Said, Shape.OfOpencode(run));
        Assert.Equal("all done", run.Lines[1].Member("part")?.Text("text"));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task It_writes_a_file_and_runs_a_command()
    {
        var (run, stub) = await Play("SCRIPT[write:a.txt;;bash:echo hi > b.txt; ls;;text:fin]SCRIPT");
        Assert.Equal("step_start tool_use:write:completed step_finish:tool-calls " + Worked, Shape.OfOpencode(run));
        Assert.Equal("hello from stub\n", Home.Made("a.txt"));
        Assert.Equal("hi\n", Home.Made("b.txt"));
        Assert.Equal(3, stub.Asked.Count);
        var tokens = run.Lines[^1].Member("part")?.Member("tokens");
        Assert.Equal(Figures.Input, tokens?.Member("input")?.GetInt32());
        Assert.Equal(Figures.CacheRead, tokens?.Member("cache")?.Member("read")?.GetInt32());
    }

    [Fact]
    public async Task A_rate_limit_is_retried_out_of_sight()
    {
        var (run, stub) = await Play(OneStep, "429x1");
        Assert.Equal(Worked, Shape.OfOpencode(run));
        Assert.Equal(3, stub.Asked.Count);
    }

    /// <summary>It would wait an hour as well, with as few words: only a watchdog ends that.</summary>
    [Fact]
    public async Task A_used_up_quota_is_waited_for_out_of_sight()
    {
        var (run, stub) = await Play(OneStep, "limitx1~1");
        Assert.Equal(Worked, Shape.OfOpencode(run));
        Assert.Equal("limit", stub.Asked[0].Fault);
    }

    [Fact]
    public async Task A_dropped_stream_leaves_a_step_without_an_end()
    {
        var (run, stub) = await Play(OneStep, "dropx1");
        Assert.Equal("step_start " + Worked, Shape.OfOpencode(run));
        Assert.Equal("drop", stub.Asked[0].Fault);
    }

    [Fact]
    public async Task A_bad_key_ends_it()
    {
        var (run, _) = await Play(OneStep, "401");
        Assert.Equal("error:APIError", Shape.OfOpencode(run));
        Assert.Equal(1, run.ExitCode);
    }
}
