using Fleet.Coders;
using Fleet.Coders.Codex;
using Fleet.Rules.Spending;
using static Fleet.Tests.Coders.CodexGround;

namespace Fleet.Tests.Coders;

public sealed class CodexSpendingTests
{
    [Theory]
    [InlineData("codex-0.169.0-app-approval.jsonl", 33_160)]
    [InlineData("codex-0.169.0-app-interrupt.jsonl", 16_580)]
    [InlineData("codex-0.169.0-app-dyntool.jsonl", 16_580)]
    public void The_deltas_of_app_server_sum_up_to_its_own_total(string stream, long total)
    {
        var spent = CoderGround.Play(new CodexCoder(), CoderGround.Request(), Lines(stream)).Spent;

        Assert.Equal(total, spent.Tokens);
    }

    [Fact]
    public void Tokens_are_told_after_each_model_call_and_counted_once_each()
    {
        var seen = CoderGround
            .Play(new CodexCoder(), CoderGround.Request(), Lines("codex-0.169.0-app-approval.jsonl"))
            .Of<CoderEvent.UsageSeen>();

        Assert.Equal(4, seen.Length);
        Assert.All(
            seen,
            usage => Assert.Equal(new CoderEvent.UsageSeen(new Usage(1234, 7000, 0, 56, 7), IsExact: true), usage)
        );
    }

    [Fact]
    public void What_a_resumed_thread_had_spent_before_is_not_spent_again()
    {
        var session = Open();
        var repeated = Tell(session, "thread/tokenUsage/updated", Tokens(total: 500, last: 100, turn: "u0"));
        var news = Tell(session, "thread/tokenUsage/updated", Tokens(total: 530, last: 30));

        Assert.Empty(repeated.Events.OfType<CoderEvent.UsageSeen>());
        Assert.Equal(30, Assert.Single(news.Events.OfType<CoderEvent.UsageSeen>()).Delta.Input);
    }

    [Fact]
    public void A_notice_that_is_repeated_adds_nothing_and_one_that_is_missing_loses_nothing()
    {
        var session = Open();
        var first = Tell(session, "thread/tokenUsage/updated", Tokens(total: 100, last: 100));
        var repeated = Tell(session, "thread/tokenUsage/updated", Tokens(total: 100, last: 100));
        var afterGap = Tell(session, "thread/tokenUsage/updated", Tokens(total: 350, last: 50));

        Assert.Equal(100, Assert.Single(first.Events.OfType<CoderEvent.UsageSeen>()).Delta.Input);
        Assert.Empty(repeated.Events.OfType<CoderEvent.UsageSeen>());
        Assert.Equal(250, Assert.Single(afterGap.Events.OfType<CoderEvent.UsageSeen>()).Delta.Input);
    }

    [Fact]
    public void A_full_window_is_a_limit_with_its_reset()
    {
        var limits = CoderGround
            .Play(new CodexCoder(), CoderGround.Request(), Lines("codex-0.169.0-app-limit.jsonl"))
            .Of<CoderEvent.LimitSeen>();

        Assert.Equal(
            [
                new CoderEvent.LimitSeen("primary", 1, DateTimeOffset.FromUnixTimeSeconds(1_795_224_055), true),
                new CoderEvent.LimitSeen("secondary", 0.4, DateTimeOffset.FromUnixTimeSeconds(1_795_310_455), false),
            ],
            limits
        );
    }

    [Fact]
    public void A_window_that_did_not_change_is_told_once() =>
        Assert.Equal(
            2,
            CoderGround
                .Play(new CodexCoder(), CoderGround.Request(), Lines("codex-0.169.0-app-approval.jsonl"))
                .Of<CoderEvent.LimitSeen>()
                .Length
        );

    [Fact]
    public void Exec_tells_the_total_of_the_thread_and_only_the_growth_is_spent()
    {
        var lines = CoderGround.Lines("codex-exec-0.169.0-kill9-resume.jsonl");
        var before = new Usage(Input: 1234, CacheRead: 7000, CacheWrite: 0, Output: 56, Reasoning: 7);

        Assert.Equal(16_580, CoderGround.Play(new CodexExecCoder(), CoderGround.Request(), lines).Spent.Tokens);
        Assert.Equal(before, CoderGround.Play(new CodexExecCoder(), CoderGround.Request("old", before), lines).Spent);
    }

    private static string Tokens(long total, long last, string turn = "u1") =>
        $$$"""
            "turnId":"{{{turn}}}",
            "tokenUsage":{
              "total":{"inputTokens":{{{total}}}},
              "last":{"totalTokens":{{{last}}},"inputTokens":{{{last}}}}
            }
            """;
}
