using System.Text;
using Fleet.Coders;
using Fleet.Coders.Claude;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Tests.Coders;

/// <summary>What is surprising about Claude Code, each in a sentence.</summary>
public sealed class ClaudeTests
{
    private static readonly ClaudeCoder Coder = new();

    private static string Name(string stream) => $"claude-2.1.329-{stream}.jsonl";

    private static Played Play(string stream, CoderRequest? request = null) =>
        CoderGround.Play(Coder, request ?? CoderGround.Request(), CoderGround.Lines(Name(stream)));

    private static TurnEnd End(string stream) => Play(stream).Of<CoderEvent.TurnEnded>()[^1].End;

    private static byte[] Line(string text) => Encoding.UTF8.GetBytes(text);

    [Theory]
    [InlineData("auth-401-key-r1")]
    [InlineData("f-limit-oauth")]
    [InlineData("f-ctx")]
    public void A_result_of_subtype_success_that_is_an_error_has_failed(string stream)
    {
        var result = Encoding.UTF8.GetString(CoderGround.Lines(Name(stream))[^1]);
        Assert.Contains("\"subtype\":\"success\"", result, StringComparison.Ordinal);

        Assert.IsType<TurnEnd.Failed>(End(stream));
    }

    [Theory]
    [InlineData("sigint-in-bash")]
    [InlineData("stdio-interrupt-in-bash")]
    public void Tools_that_were_aborted_mean_that_it_was_interrupted(string stream) =>
        Assert.IsType<TurnEnd.Interrupted>(End(stream));

    [Theory]
    [InlineData("sigint-in-api")]
    [InlineData("sigterm-in-bash")]
    [InlineData("kill9-in-bash")]
    public void Without_a_result_no_turn_has_ended_whatever_it_exits_with(string stream) =>
        Assert.Empty(Play(stream).Of<CoderEvent.TurnEnded>());

    [Fact]
    public void An_interrupt_after_the_turn_ends_no_second_one()
    {
        var played = Play("stdio-interrupt");

        Assert.Equal(2, played.Of<CoderEvent.TurnEnded>().Length);
        Assert.All(played.Of<CoderEvent.TurnEnded>(), ended => Assert.IsType<TurnEnd.Done>(ended.End));
    }

    [Fact]
    public void A_turn_ends_with_its_result_though_a_command_goes_on_in_the_background()
    {
        Assert.Equal(new TurnEnd.Done("done with bg"), End("bg-shell"));
        Assert.Contains(
            Play("bg-shell").Of<CoderEvent.Notice>(),
            notice => notice.Words.EndsWith("bg", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_limit_of_a_subscription_tells_its_window_and_when_it_resets()
    {
        var limit = Assert.Single(Play("f-limit-oauth").Of<CoderEvent.LimitSeen>());

        var resets = DateTimeOffset.FromUnixTimeSeconds(1795223430);
        Assert.Equal(new CoderEvent.LimitSeen("five_hour", 1, resets, IsReached: true), limit);
    }

    [Fact]
    public void A_window_that_is_not_full_is_seen_and_not_reached() =>
        Assert.False(Assert.Single(Play("auth-oauth").Of<CoderEvent.LimitSeen>()).IsReached);

    [Fact]
    public void Too_many_requests_of_a_key_are_no_usage_limit()
    {
        Assert.Equal(ErrorClass.RateLimit, Assert.IsType<TurnEnd.Failed>(End("f-limit-apikey")).Class);
        Assert.Empty(Play("f-limit-apikey").Of<CoderEvent.LimitSeen>());
    }

    [Fact]
    public void Each_retry_is_told_with_its_reason()
    {
        var retries = Play("f-429x2").Of<CoderEvent.RetrySeen>();

        Assert.Equal([1, 2], retries.Select(retry => retry.Attempt));
        Assert.All(retries, retry => Assert.Equal(ErrorClass.RateLimit, retry.Class));
        Assert.Equal(ErrorClass.Network, Assert.Single(Play("f-drop-x1").Of<CoderEvent.RetrySeen>()).Class);
    }

    [Fact]
    public void A_denied_tool_is_told_once_though_three_lines_tell_of_it()
    {
        var denied = Play("write-denied-default").Of<CoderEvent.ToolDenied>();

        Assert.Equal(["Write", "Bash"], denied.Select(denial => denial.Tool));
        Assert.Empty(Play("write-denied-default").Of<CoderEvent.ToolFinished>());
    }

    [Fact]
    public void A_broken_server_of_tools_fails_no_run_but_is_told() =>
        Assert.Equal("MCP server fleet: failed", Assert.Single(Play("mcp-broken").Of<CoderEvent.Notice>()).Words);

    [Fact]
    public void Pieces_of_a_message_do_not_double_its_words() =>
        Assert.Equal("hello big world", Assert.Single(Play("maxrounds-partial").Of<CoderEvent.Text>()).Words);

    [Fact]
    public void A_line_that_was_written_into_another_ends_nothing()
    {
        var session = Coder.Open(CoderGround.Request());
        var result = Encoding.UTF8.GetString(CoderGround.Lines(Name("sid"))[^1]);
        var broken = result.Insert(400, """{"type":"rate_limit_event","rate_limit_info":{"status":"allowed"}}""");

        Assert.Empty(session.Take(Line(broken)).Events);
        Assert.Single(session.Take(Line(result)).Events.OfType<CoderEvent.TurnEnded>());
    }

    [Fact]
    public void A_call_that_was_made_twice_in_the_stream_is_paid_once() =>
        Assert.Equal(new Usage(2468, 14000, 1600, 112, 0, 0.011456000000000001m), Play("f-sseerr-x1").Spent);

    [Fact]
    public void Half_a_character_in_an_output_hides_no_result()
    {
        var session = Coder.Open(CoderGround.Request());
        const string result = """{"type":"tool_result","tool_use_id":"t","content":"cut \ud83d\n\"here\""}""";
        var step = session.Take(
            Line(
                """{"type":"user","message":{"content":[RESULT]}}""".Replace("RESULT", result, StringComparison.Ordinal)
            )
        );

        Assert.Equal(new CoderEvent.ToolFinished("t", false, "cut \uFFFD\n\"here\""), Assert.Single(step.Events));
    }
}
