using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Fleet.Coders;
using Fleet.Coders.Opencode;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Tests.Coders;

public sealed class OpencodeTests : CoderContract
{
    private protected override ICoder Coder { get; } = new OpencodeRunCoder();

    private protected override string Prefix => "opencode-1.18.33-";

    private protected override (string, string) Done => ("opencode-1.18.33-noop.jsonl", "all done");

    private protected override IReadOnlyDictionary<string, ErrorClass> Failed { get; } =
        new Dictionary<string, ErrorClass> { ["opencode-1.18.33-f-401.jsonl"] = ErrorClass.Authentication };

    private protected override ImmutableArray<string> Unfinished => ["opencode-1.18.33-sigint-in-bash.jsonl"];

    private Played Play(string stream) =>
        CoderGround.Play(Coder, CoderGround.Request(), CoderGround.Lines($"opencode-1.18.33-{stream}.jsonl"));

    private Played Talk(params string[] lines) =>
        CoderGround.Play(Coder, CoderGround.Request(), lines.Select(Encoding.UTF8.GetBytes));

    [Fact]
    public void A_turn_is_over_with_the_step_that_stopped_because_no_event_says_so()
    {
        var lines = CoderGround.Lines("opencode-1.18.33-write.jsonl");

        Assert.Empty(CoderGround.Play(Coder, CoderGround.Request(), lines.SkipLast(1)).Of<CoderEvent.TurnEnded>());
        Assert.Equal(new TurnEnd.Done("fin"), Play("write").Of<CoderEvent.TurnEnded>().Single().End);
    }

    [Theory]
    [InlineData("noop", 1)]
    [InlineData("write", 3)]
    [InlineData("sigint-resume", 2)]
    public void The_steps_sum_up_to_what_was_spent(string stream, int steps) =>
        Assert.Equal(new Usage(1234 * steps, 7000 * steps, 0, 56 * steps, 0, 0.002046m * steps), Play(stream).Spent);

    [Fact]
    public void Its_retries_are_invisible() => Assert.Empty(Play("f-429x1").Of<CoderEvent.RetrySeen>());

    [Fact]
    public void A_call_against_its_permissions_is_denied_and_the_turn_is_still_done()
    {
        var played = Play("perm-deny");

        Assert.Equal("bash", played.Of<CoderEvent.ToolDenied>().Single().Tool);
        Assert.Equal(new TurnEnd.Done("fin"), played.Of<CoderEvent.TurnEnded>().Single().End);
    }

    [Fact]
    public void A_context_that_is_full_is_told_twice_and_ends_the_turn_once()
    {
        const string error =
            """{"type":"error","sessionID":"s","error":{"name":"ContextOverflowError","data":{"message":"too big"}}}""";

        var ends = Talk("""{"type":"step_start","sessionID":"s","part":{}}""", error, error).Of<CoderEvent.TurnEnded>();

        Assert.Equal(new TurnEnd.Failed(ErrorClass.ContextTooLong, "too big"), ends.Single().End);
    }

    [Fact]
    public void What_an_agent_does_that_opencode_started_is_not_the_runs()
    {
        var played = Talk(
            """{"type":"step_start","sessionID":"s","part":{}}""",
            """{"type":"step_finish","sessionID":"other","part":{"reason":"stop","tokens":{"input":1}}}"""
        );

        Assert.Empty(played.Of<CoderEvent.TurnEnded>());
    }

    [Fact]
    public void Who_cannot_be_asked_is_told_what_is_allowed_and_who_can_asks()
    {
        using var run = Configuration(new OpencodeRunCoder().Launch(CoderGround.Request()));
        using var acp = Configuration(new OpencodeCoder().Launch(CoderGround.Request()));

        Assert.Equal("deny", Rule(run, "bash", "*git push*"));
        Assert.Equal("deny", Rule(run, "external_directory"));
        Assert.Equal("ask", Rule(acp, "bash", "*"));
        Assert.Equal("ask", Rule(acp, "edit"));
    }

    [Fact]
    public void A_server_of_ones_own_is_a_provider_with_that_model_and_a_key_from_the_environment()
    {
        var request = CoderGround.Request(model: "m") with { Server = "http://127.0.0.1:1/v1" };
        var launch = new OpencodeRunCoder().Launch(request);
        using var configuration = Configuration(launch);
        var provider = configuration.RootElement.GetProperty("provider").GetProperty("fleet");

        Assert.Contains("fleet/m", launch.Command);
        Assert.Equal("http://127.0.0.1:1/v1", provider.GetProperty("options").GetProperty("baseURL").GetString());
        Assert.True(provider.GetProperty("models").TryGetProperty("m", out _));
    }

    private static JsonDocument Configuration(CoderLaunch launch) =>
        JsonDocument.Parse(launch.Environment["OPENCODE_CONFIG_CONTENT"]);

    private static string? Rule(JsonDocument configuration, params string[] path) =>
        path.Aggregate(
                configuration.RootElement.GetProperty("permission"),
                (element, name) => element.GetProperty(name)
            )
            .GetString();
}
