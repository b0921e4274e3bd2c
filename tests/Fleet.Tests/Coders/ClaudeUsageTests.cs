using System.Text.Json.Nodes;
using Fleet.Coders;
using Fleet.Coders.Claude;
using Fleet.Rules.Spending;

namespace Fleet.Tests.Coders;

/// <summary>Deltas are exact: they add up to what Claude Code itself counts.</summary>
public sealed class ClaudeUsageTests
{
    private static readonly ClaudeCoder Coder = new();
    private static readonly string[] Resumed = ["sid", "resume"];

    private static IEnumerable<byte[]> Lines(string stream, bool old) =>
        CoderGround.Lines($"claude-2.1.329-{stream}.jsonl").Select(line => old ? WithoutDeltas(line) : line);

    /// <summary>As a version would write it that only tells totals.</summary>
    private static byte[] WithoutDeltas(byte[] line)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        json.Remove("model_usage_since_last_result");
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    /// <summary>The session's own count at the end of a stream.</summary>
    private static Usage Total(string stream)
    {
        var result = Lines(stream, old: false)
            .Select(line => JsonNode.Parse(line)!)
            .Last(line => (string?)line["type"] == "result");
        var models = result["modelUsage"]!.AsObject().Select(model => model.Value!);
        return models.Aggregate(
            new Usage(0, 0, 0, 0, 0, (decimal)result["total_cost_usd"]!),
            (sum, model) =>
                sum
                + new Usage(
                    (long)model["inputTokens"]!,
                    (long)model["cacheReadInputTokens"]!,
                    (long)model["cacheCreationInputTokens"]!,
                    (long)model["outputTokens"]!,
                    (long)model["thinkingTokens"]!
                )
        );
    }

    /// <summary>Its own figures are sums of binary fractions.</summary>
    private static Usage Rounded(Usage usage) => usage with { Usd = decimal.Round(usage.Usd!.Value, 9) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_deltas_of_a_session_that_was_resumed_add_up_to_its_own_total(bool old)
    {
        var spent = Usage.Unknown;
        foreach (var stream in Resumed)
        {
            var resume = stream == "sid" ? null : "9aafc77a-7cf1-4290-9c48-146b3877b5a6";
            spent += CoderGround.Play(Coder, CoderGround.Request(resume, spent), Lines(stream, old)).Spent;
        }

        Assert.Equal(Rounded(Total("resume")), Rounded(spent));
        Assert.Equal(2468, spent.Input);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_deltas_of_every_recorded_process_add_up_to_its_total(bool old)
    {
        foreach (
            var stream in CoderGround.Streams("claude-2.1.329-").Select(name => name["claude-2.1.329-".Length..^6])
        )
        {
            var played = CoderGround.Play(Coder, CoderGround.Request(), Lines(stream, old));
            if (stream != "resume" && played.Of<CoderEvent.UsageSeen>().Length > 0)
            {
                Assert.Equal((stream, Rounded(Total(stream))), (stream, Rounded(played.Spent)));
            }
        }
    }

    [Fact]
    public void What_came_before_is_not_counted_again_though_nobody_remembers_it() =>
        Assert.Equal(
            1234,
            CoderGround.Play(Coder, CoderGround.Request(resume: "x"), Lines("resume", old: false)).Spent.Input
        );

    [Fact]
    public void A_turn_that_was_killed_is_estimated_and_one_that_ended_is_not()
    {
        var (killed, ended) = (Coder.Open(CoderGround.Request()), Coder.Open(CoderGround.Request()));
        _ = CoderGround.Take(killed, Lines("kill9-in-bash", old: false));
        _ = CoderGround.Take(ended, Lines("sid", old: false));

        Assert.Equal(
            (1234L, 7000L, 800L),
            (killed.Unsettled!.Input, killed.Unsettled.CacheRead, killed.Unsettled.CacheWrite)
        );
        Assert.InRange(killed.Unsettled.Output!.Value, 10, 100);
        Assert.Null(killed.Unsettled.Usd);
        Assert.Null(ended.Unsettled);
    }

    [Fact]
    public void A_message_in_several_lines_is_sent_once()
    {
        var session = Coder.Open(CoderGround.Request());
        var lines = Lines("kill9-in-bash", old: false).ToList();
        _ = CoderGround.Take(session, [.. lines, lines[^1], lines[^1]]);

        Assert.Equal(1234, session.Unsettled!.Input);
    }

    [Fact]
    public void The_context_is_as_full_as_the_last_request_was_long()
    {
        var seen = CoderGround.Play(Coder, CoderGround.Request(), Lines("stdio-control", old: false));

        Assert.Equal(new CoderEvent.ContextSeen(9034, null), seen.Of<CoderEvent.ContextSeen>()[0]);
        Assert.Equal(new CoderEvent.ContextSeen(9034, 1_000_000), seen.Of<CoderEvent.ContextSeen>()[^1]);
    }
}
