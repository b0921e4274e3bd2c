using Fleet.Coders;
using Fleet.Coders.Acp;
using Fleet.Coders.Gemini;
using Fleet.Coders.Opencode;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;
using static Fleet.Tests.Coders.AcpGround;

namespace Fleet.Tests.Coders;

public sealed class AcpSpendingTests
{
    private static readonly AcpDialect Codex = new(SignIn: "api-key");

    private static Played Play(AcpSession session, string stream)
    {
        var begin = session.Begin();
        var rest = CoderGround.Take(session, CoderGround.Lines(stream));
        return new Played(rest.Events, [.. begin.Lines, .. rest.Written]);
    }

    private static AcpSession Open(AcpDialect dialect) => new(CoderGround.Request(), dialect);

    [Fact]
    public void Tokens_of_each_turn_and_growth_of_the_cost_sum_up_to_the_agents_own_totals()
    {
        var spent = Play(Open(AcpDialect.Plain), "acp-claude-0.100.0-main.jsonl").Spent;

        Assert.Equal(36_360 + 9_090, spent.Tokens);
        Assert.Equal(0.08019200000000001m, spent.Usd);
    }

    [Fact]
    public void Codex_by_acp_signs_in_counts_tokens_and_tells_no_cost()
    {
        var played = Play(Open(Codex), "acp-codex-2.6.0-main.jsonl");

        Assert.Equal(33_160 + 8_290, played.Spent.Tokens);
        Assert.Null(played.Spent.Usd);
        Assert.Contains(
            "\"method\":\"authenticate\",\"params\":{\"methodId\":\"api-key\"}",
            played.Written[1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Codex_by_acp_reads_as_a_person_approved_it() =>
        Approved.All([
            .. CoderGround.Streams("acp-codex-").Select(stream => (stream, EventLines.Text(Play(Open(Codex), stream)))),
        ]);

    [Fact]
    public void A_usage_limit_of_codex_by_acp_is_one()
    {
        var end = Play(Open(Codex), "acp-codex-2.6.0-limit.jsonl").Of<CoderEvent.TurnEnded>().Single().End;

        Assert.Equal(ErrorClass.UsageLimit, Assert.IsType<TurnEnd.Failed>(end).Class);
    }

    [Fact]
    public void What_a_session_had_cost_before_is_not_spent_again()
    {
        var session = InTurn(request: CoderGround.Request(before: new Usage(Usd: 1.5m)));

        var step = Update(session, """{"sessionUpdate":"usage_update","cost":{"amount":1.75,"currency":"USD"}}""");

        Assert.Equal([new CoderEvent.UsageSeen(new Usage(Usd: 0.25m), IsExact: true)], step.Events);
    }

    [Fact]
    public void Opencode_tells_the_last_model_call_of_a_turn_so_a_turn_of_several_is_an_estimate()
    {
        var seen = CoderGround
            .Play(new OpencodeCoder(), CoderGround.Request(), CoderGround.Lines("opencode-acp-1.18.33-main.jsonl"))
            .Of<CoderEvent.UsageSeen>();

        Assert.Equal(
            [
                new CoderEvent.UsageSeen(new Usage(Usd: 0.004092m), IsExact: true),
                new CoderEvent.UsageSeen(new Usage(Input: 2468, CacheRead: 14_000, Output: 112), IsExact: false),
                new CoderEvent.UsageSeen(new Usage(Usd: 0.002046m), IsExact: true),
                new CoderEvent.UsageSeen(new Usage(Input: 1234, CacheRead: 7000, Output: 56), IsExact: true),
            ],
            seen
        );
    }

    [Fact]
    public void Gemini_by_acp_does_not_tell_the_cache_apart_so_its_tokens_are_an_estimate()
    {
        var seen = CoderGround
            .Play(new GeminiCoder(), CoderGround.Request(), FirstTurn("gemini-acp-0.61.0-main.jsonl"))
            .Of<CoderEvent.UsageSeen>();

        Assert.Equal([new CoderEvent.UsageSeen(new Usage(Input: 32_936, Output: 224), IsExact: false)], seen);
    }

    [Fact]
    public void Tools_that_run_side_by_side_are_of_one_model_call()
    {
        var session = InTurn(new AcpDialect(TellsLastCallOnly: true));
        foreach (
            var (id, status) in new[]
            {
                ("a", "pending"),
                ("b", "pending"),
                ("a", "completed"),
                ("b", "in_progress"),
                ("b", "failed"),
            }
        )
        {
            var kind = status == "pending" ? "tool_call" : "tool_call_update";
            _ = Update(session, $$"""{"sessionUpdate":"{{kind}}","toolCallId":"{{id}}","status":"{{status}}"}""");
        }

        var end = Take(
            session,
            """{"jsonrpc":"2.0","id":3,"result":{"stopReason":"end_turn","usage":{"inputTokens":9,"totalTokens":9}}}"""
        );

        Assert.Equal(new CoderEvent.UsageSeen(new Usage(Input: 9), IsExact: true), end.Events[0]);
    }
}
