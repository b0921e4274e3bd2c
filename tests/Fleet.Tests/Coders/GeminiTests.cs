using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Fleet.Coders;
using Fleet.Coders.Gemini;
using Fleet.Rules.Runs;

namespace Fleet.Tests.Coders;

public sealed class GeminiTests : CoderContract
{
    private protected override ICoder Coder { get; } = new GeminiStreamCoder();

    private protected override string Prefix => "gemini-0.61.0-";

    private protected override (string, string) Done => ("gemini-0.61.0-noop.jsonl", "all done");

    private protected override IReadOnlyDictionary<string, ErrorClass> Failed { get; } =
        new Dictionary<string, ErrorClass>
        {
            ["gemini-0.61.0-f-401.jsonl"] = ErrorClass.Authentication,
            ["gemini-0.61.0-f-dropx1.jsonl"] = ErrorClass.Network,
            ["gemini-0.61.0-f-limit.jsonl"] = ErrorClass.UsageLimit,
        };

    private protected override ImmutableArray<string> Unfinished => ["gemini-0.61.0-sigint-in-bash.jsonl"];

    private protected override ImmutableArray<string> FreeForm => ["parameters"];

    private Played Play(string stream) =>
        CoderGround.Play(Coder, CoderGround.Request(), CoderGround.Lines($"gemini-0.61.0-{stream}.jsonl"));

    [Fact]
    public void An_exit_with_0_after_a_signal_has_no_result_and_ends_no_turn()
    {
        var played = Play("sigint-in-bash");

        Assert.NotEmpty(played.Of<CoderEvent.ToolStarted>());
        Assert.Empty(played.Of<CoderEvent.TurnEnded>());
    }

    [Fact]
    public void Its_retries_are_invisible()
    {
        var played = Play("f-429x1");

        Assert.Empty(played.Of<CoderEvent.RetrySeen>());
        Assert.IsType<TurnEnd.Done>(played.Of<CoderEvent.TurnEnded>().Single().End);
    }

    [Fact]
    public void A_call_that_a_policy_blocked_is_denied_and_the_turn_is_still_done()
    {
        var played = Play("hook-deny");

        Assert.Equal("Tool execution blocked: Fleet hook deny", played.Of<CoderEvent.ToolDenied>().Single().Why);
        Assert.Equal(new TurnEnd.Done("fin"), played.Of<CoderEvent.TurnEnded>().Single().End);
    }

    [Theory]
    [InlineData("noop", 8_299)]
    [InlineData("write-yolo", 24_897)]
    [InlineData("sid-resume", 8_299)]
    public void The_tokens_are_those_of_this_run_and_reasoning_is_found_in_the_total(string stream, long total)
    {
        var spent = Play(stream).Spent;

        Assert.Equal(total, spent.Tokens);
        Assert.Equal(9 * total / 8_299, spent.Reasoning);
    }

    [Fact]
    public void It_works_in_a_home_of_its_own_with_settings_that_ask_for_no_browser()
    {
        var launch = new GeminiCoder().Launch(CoderGround.Request() with { Server = "http://127.0.0.1:1" });
        using var settings = JsonDocument.Parse(launch.Files["/configuration/.gemini/settings.json"]);

        Assert.Equal("/configuration", launch.Environment["GEMINI_CLI_HOME"]);
        Assert.Equal("http://127.0.0.1:1", launch.Environment["GOOGLE_GEMINI_BASE_URL"]);
        Assert.Equal(
            "gemini-api-key",
            settings.RootElement.GetProperty("security").GetProperty("auth").GetProperty("selectedType").GetString()
        );
    }

    [Fact]
    public void A_letter_that_was_cut_in_two_is_shown_as_one_that_cannot_be()
    {
        var step = new GeminiStreamSession().Take(
            Encoding.UTF8.GetBytes("""{"type":"message","role":"assistant","content":"a\ud83d"}""")
        );

        Assert.Equal([new CoderEvent.Text("a\uFFFD", IsPiece: true)], step.Events);
    }
}
