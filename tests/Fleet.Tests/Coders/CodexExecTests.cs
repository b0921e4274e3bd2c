using System.Collections.Immutable;
using Fleet.Coders;
using Fleet.Coders.Codex;
using Fleet.Rules.Runs;

namespace Fleet.Tests.Coders;

public sealed class CodexExecTests : CoderContract
{
    private protected override ICoder Coder { get; } = new CodexExecCoder();

    private protected override string Prefix => "codex-exec-";

    private protected override (string, string) Done => ("codex-exec-0.169.0-noop.jsonl", "all done");

    private protected override IReadOnlyDictionary<string, ErrorClass> Failed { get; } =
        new Dictionary<string, ErrorClass>
        {
            ["codex-exec-0.169.0-f-401.jsonl"] = ErrorClass.Authentication,
            ["codex-exec-0.169.0-f-429ra.jsonl"] = ErrorClass.RateLimit,
            ["codex-exec-0.169.0-f-drop.jsonl"] = ErrorClass.Network,
            ["codex-exec-0.169.0-f-limit.jsonl"] = ErrorClass.UsageLimit,
        };

    private protected override ImmutableArray<string> Unfinished =>
        ["codex-exec-0.169.0-kill9-in-bash.jsonl", "codex-exec-0.169.0-sigint-in-bash.jsonl"];

    private Played Play(string stream) =>
        CoderGround.Play(Coder, CoderGround.Request(), CoderGround.Lines($"codex-exec-0.169.0-{stream}.jsonl"));

    [Fact]
    public void An_item_of_type_error_is_a_warning()
    {
        var played = Play("bash-stub-model");

        Assert.StartsWith(
            "Model metadata",
            Assert.Single(played.Of<CoderEvent.Notice>()).Words,
            StringComparison.Ordinal
        );
        Assert.Equal(new TurnEnd.Done("fin"), Assert.Single(played.Of<CoderEvent.TurnEnded>()).End);
    }

    [Fact]
    public void A_tool_call_that_a_hook_denied_leaves_no_trace()
    {
        var played = Play("hook-deny");

        Assert.Equal("touch ok1", Assert.Single(played.Of<CoderEvent.ToolStarted>()).Input);
        Assert.Empty(played.Of<CoderEvent.ToolDenied>());
    }

    [Fact]
    public void A_stream_that_broke_and_was_tried_again_is_a_retry_and_no_failure()
    {
        var played = Play("f-dropx1");

        Assert.Equal([new CoderEvent.RetrySeen(1, null, ErrorClass.Network)], played.Of<CoderEvent.RetrySeen>());
        Assert.IsType<TurnEnd.Done>(Assert.Single(played.Of<CoderEvent.TurnEnded>()).End);
    }

    [Fact]
    public void A_session_goes_on_without_the_flags_that_resume_does_not_know()
    {
        var command = Coder.Launch(CoderGround.Request(resume: "old")).Command;

        Assert.Equal(["codex", "exec", "resume", "old", "--json"], command.Take(5));
        Assert.DoesNotContain("-s", command);
        Assert.Equal(["--", CoderGround.Prompt], command.TakeLast(2));
    }

    [Fact]
    public void A_brief_that_is_too_long_for_an_argument_is_a_file()
    {
        var brief = new string('x', 200_000);
        var launch = Coder.Launch(CoderGround.Request() with { Prompt = brief });

        Assert.All(launch.Command, argument => Assert.True(argument.Length < 1000));
        Assert.Equal(brief, Assert.Single(launch.Files).Value);
        Assert.Contains(Assert.Single(launch.Files).Key, launch.Command[^1], StringComparison.Ordinal);
    }
}

public sealed class ShellScriptTests
{
    [Theory]
    [InlineData("/bin/bash -lc 'touch ok1'", "touch ok1")]
    [InlineData("bash -c 'a; b && c'", "a; b && c")]
    [InlineData("""/bin/bash -lc "echo it's \"\$HOME\"" """, "echo it's \"$HOME\"")]
    [InlineData("""bash -lc "a\nb" """, """a\nb""")]
    [InlineData("bash -lc 'git push' extra", "bash -lc 'git push' extra")]
    [InlineData("bash -lc 'git push", "bash -lc 'git push")]
    [InlineData("env X=1 bash -lc 'git push'", "env X=1 bash -lc 'git push'")]
    [InlineData("git push", "git push")]
    [InlineData("", "")]
    public void A_command_is_judged_by_what_the_model_wrote(string command, string script) =>
        Assert.Equal(script, ShellScript.Of(command));
}
