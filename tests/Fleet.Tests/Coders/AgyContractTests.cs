using System.Collections.Immutable;
using Fleet.Coders;
using Fleet.Coders.Agy;
using Fleet.Rules.Runs;

namespace Fleet.Tests.Coders;

public sealed class AgyContractTests : CoderContract
{
    private const string Documented = "agy-documented-";

    private protected override ICoder Coder { get; } = new AgyCoder();

    private protected override string Prefix => Documented;

    private protected override (string Stream, string Answer) Done => ($"{Documented}words.jsonl", "fin");

    private protected override IReadOnlyDictionary<string, ErrorClass> Failed =>
        new Dictionary<string, ErrorClass>(StringComparer.Ordinal)
        {
            [$"{Documented}quota.jsonl"] = ErrorClass.UsageLimit,
            [$"{Documented}not-signed-in.jsonl"] = ErrorClass.Authentication,
            [$"{Documented}print-timeout.jsonl"] = ErrorClass.Turns,
            [$"{Documented}print-timeout-quiet.jsonl"] = ErrorClass.Turns,
            [$"{Documented}denied.jsonl"] = ErrorClass.Unknown,
        };

    private protected override ImmutableArray<string> Unfinished => [$"{Documented}killed.jsonl"];
}

public sealed class AgyTests
{
    private static Played Play(string stream) =>
        CoderGround.Play(new AgyCoder(), CoderGround.Request(), CoderGround.Lines($"agy-documented-{stream}.jsonl"));

    [Fact]
    public void A_success_without_a_token_is_its_own_time_limit()
    {
        var end = Assert.IsType<TurnEnd.Failed>(Play("print-timeout-quiet").Of<CoderEvent.TurnEnded>()[0].End);

        Assert.Contains("time limit", end.Why, StringComparison.Ordinal);
        Assert.Null(Play("print-timeout-quiet").Spent.Tokens);
    }

    [Fact]
    public void A_success_with_nothing_but_denied_actions_has_failed()
    {
        var played = Play("denied");

        Assert.Equal("run_command", Assert.Single(played.Of<CoderEvent.ToolDenied>()).Tool);
        Assert.IsType<TurnEnd.Failed>(Assert.Single(played.Of<CoderEvent.TurnEnded>()).End);
    }

    [Fact]
    public void A_quota_tells_how_long_it_lasts()
    {
        var limits = Play("quota").Of<CoderEvent.LimitSeen>();

        Assert.All(limits, limit => Assert.Equal(new TimeSpan(0, 34, 13), limit.ResetsIn));
        Assert.All(limits, limit => Assert.True(limit.IsReached));
        Assert.NotEmpty(limits);
    }

    [Fact]
    public void The_total_tells_whether_the_cache_is_part_of_the_input()
    {
        var spent = Play("words").Spent;

        Assert.Equal((1234L, 7000L, 65L, 9L), (spent.Input, spent.CacheRead, spent.Output, spent.Reasoning));
        Assert.Equal(8299, spent.Tokens);
    }

    [Fact]
    public void A_step_that_is_told_twice_is_one_call()
    {
        var played = Play("ok");

        Assert.Single(played.Of<CoderEvent.ToolStarted>());
        Assert.False(Assert.Single(played.Of<CoderEvent.ToolFinished>()).Failed);
        Assert.Equal("all done", string.Concat(played.Of<CoderEvent.Text>().Select(text => text.Words)));
    }
}
