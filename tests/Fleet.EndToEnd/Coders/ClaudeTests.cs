using Fleet.ModelStub;
using Fleet.ModelStub.Apis;

namespace Fleet.EndToEnd.Coders;

/// <summary>The real Claude Code at the stub prints what was recorded of it.</summary>
public sealed class ClaudeTests() : Ground("claude")
{
    [Fact]
    public async Task A_text_turn_is_an_answer_and_a_result()
    {
        var (run, _) = await Play("SCRIPT[text:first turn]SCRIPT");
        Assert.Equal("system:init assistant:text result:completed", Shape.OfClaude(run));
        Assert.Equal("first turn", run.Lines[^1].Text("result"));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task It_writes_a_file_and_runs_a_command()
    {
        var (run, stub) = await Play("SCRIPT[write:a.txt;;bash:echo hi > b.txt; ls;;text:fin]SCRIPT");
        Assert.Equal(
            "system:init assistant:tool_use user:tool_result assistant:tool_use user:tool_result "
                + "assistant:text result:completed",
            Shape.OfClaude(run)
        );
        Assert.Equal("hello from stub\n", Home.Made("a.txt"));
        Assert.Equal("hi\n", Home.Made("b.txt"));
        Assert.Equal(3, stub.Asked.Count);
        Assert.Equal(3 * Figures.Input, run.Lines[^1].Member("usage")?.Member("input_tokens")?.GetInt32());
    }

    [Fact]
    public async Task A_rate_limit_is_retried_in_sight()
    {
        var (run, _) = await Play(OneStep, "429x1");
        Assert.Equal(
            "system:init system:api_retry(rate_limit) assistant:tool_use user:tool_result assistant:text "
                + "result:completed",
            Shape.OfClaude(run)
        );
    }

    [Fact]
    public async Task A_subscribers_limit_comes_with_its_reset_time()
    {
        var before = DateTimeOffset.UtcNow;
        var run = await PlayAsSubscriber(OneStep, "limit");
        Assert.Equal(
            "system:init rate_limit:rejected assistant:text(rate_limit) result:api_error!",
            Shape.OfClaude(run)
        );
        var resets = run.Lines[1].Member("rate_limit_info")?.Member("resetsAt")?.GetInt64();
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(resets ?? 0), before.AddMinutes(59), before.AddMinutes(62));
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task A_limit_of_a_key_is_told_without_one()
    {
        var (run, stub) = await Play(OneStep, "limit");
        Assert.Equal("system:init assistant:text(rate_limit) result:api_error!", Shape.OfClaude(run));
        Assert.Single(stub.Asked);
    }

    [Fact]
    public async Task A_dropped_stream_is_retried()
    {
        var (run, _) = await Play(OneStep, "dropx1");
        Assert.Equal(
            "system:init system:api_retry(unknown) assistant:tool_use user:tool_result assistant:text "
                + "result:completed",
            Shape.OfClaude(run)
        );
    }

    [Fact]
    public async Task A_bad_key_is_retried_as_often_as_allowed()
    {
        var (run, stub) = await Play(
            OneStep,
            "401",
            settings => settings with { Environment = settings.Environment.Add("CLAUDE_CODE_MAX_RETRIES", "1") }
        );
        Assert.Equal(
            "system:init system:api_retry(authentication_failed) assistant:text(authentication_failed) "
                + "result:api_error!",
            Shape.OfClaude(run)
        );
        Assert.Equal(2, stub.Asked.Count);
        Assert.Equal(1, run.ExitCode);
    }
}
