using System.Text.Json.Nodes;
using Fleet.Coders;
using Fleet.Coders.Acp;
using Fleet.Rules.Runs;
using static Fleet.Tests.Coders.AcpGround;

namespace Fleet.Tests.Coders;

public sealed class AcpTalkTests
{
    private const string Asks = """
        {"jsonrpc":"2.0","id":5,"method":"session/request_permission","params":{
          "toolCall":{"toolCallId":"c1","kind":"execute","title":"rm x"},
          "options":[
            {"optionId":"ever","kind":"allow_always"},
            {"optionId":"on\"ce","kind":"allow_once"},
            {"optionId":"no","kind":"reject_once"}
          ]
        }}
        """;

    /// <summary>The client of the recording and Fleet write the same.</summary>
    [Fact]
    public void A_recorded_conversation_is_played_line_by_line_from_both_sides()
    {
        var request = CoderGround.Request() with
        {
            Worktree = "/scratch/w/acp-claude-agent-acp-0_100_0-main",
            Prompt =
                "SCRIPT[bash:touch ok1.txt;;bash:touch forbidden.txt;;"
                + """mcp:create_task{"title":"x"};;text:fin]SCRIPT""",
        };
        var session = new AcpSession(request, AcpDialect.Plain);
        var written = new Queue<string>(session.Begin().Lines);
        foreach (var line in File.ReadLines(Path.Combine(CoderGround.Folder, "acp-claude-0.100.0-main.both.txt")))
        {
            var (isOurs, message) = (line.Contains(" >> ", StringComparison.Ordinal), line[(line.IndexOf('{'))..]);
            if (isOurs)
            {
                Assert.Equal(Comparable(message), Comparable(written.Dequeue()));
                continue;
            }

            var step = Take(session, message);
            foreach (var next in step.Lines)
            {
                written.Enqueue(next);
            }

            foreach (var asked in step.Events.OfType<CoderEvent.ApprovalAsked>())
            {
                var isAllowed = !asked.Input.Contains("forbidden", StringComparison.Ordinal);
                written.Enqueue(session.Answer(asked.Request, isAllowed, "forbidden").Lines.Single());
            }

            if (
                step.Events.OfType<CoderEvent.TurnEnded>().Any()
                && session.Say("SCRIPT[text:turn two]SCRIPT") is { } said
            )
            {
                written.Enqueue(said.Lines.Single());
            }
        }
    }

    [Fact]
    public void A_permission_is_given_once_even_if_for_ever_is_offered_first()
    {
        var session = InTurn();

        Assert.Equal(
            [new CoderEvent.ToolStarted("c1", "execute", "rm x"), new CoderEvent.ApprovalAsked("5", "execute", "rm x")],
            Take(session, Asks).Events
        );
        Assert.Equal(
            "on\"ce",
            JsonNode.Parse(session.Answer("5", true, "").Lines.Single())!["result"]!["outcome"]!["optionId"]!.ToString()
        );
    }

    [Fact]
    public void A_refusal_is_the_end_of_a_tool_call_of_which_the_agent_tells_nothing_more()
    {
        var session = InTurn();
        _ = Take(session, Asks);

        var refused = session.Answer("5", false, "never");

        Assert.Equal([new CoderEvent.ToolDenied("c1", "execute", "never")], refused.Events);
        Assert.Empty(
            Update(session, """{"sessionUpdate":"tool_call_update","toolCallId":"c1","status":"failed"}""").Events
        );
    }

    [Fact]
    public void An_interrupt_answers_each_open_request_as_the_protocol_demands()
    {
        var session = InTurn();
        _ = Take(session, Asks);

        Assert.Equal(
            [
                """{"jsonrpc":"2.0","method":"session/cancel","params":{"sessionId":"s1"}}""",
                """{"jsonrpc":"2.0","id":5,"result":{"outcome":{"outcome":"cancelled"}}}""",
            ],
            session.Interrupt()!.Value.Lines
        );
        Assert.Equal(
            [new CoderEvent.TurnEnded(new TurnEnd.Interrupted())],
            Take(session, """{"jsonrpc":"2.0","id":3,"result":{"stopReason":"cancelled"}}""").Events
        );
    }

    [Fact]
    public void The_past_of_a_session_that_is_loaded_is_no_news()
    {
        var session = new AcpSession(CoderGround.Request(resume: "old"), AcpDialect.Plain);
        _ = session.Begin();
        var load = Take(session, """{"jsonrpc":"2.0","id":1,"result":{"agentCapabilities":{"loadSession":true}}}""");
        var past = Update(
            session,
            """{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"old"}}"""
        );
        var loaded = Take(session, """{"jsonrpc":"2.0","id":2,"result":{}}""");

        Assert.Contains(
            "\"method\":\"session/load\",\"params\":{\"sessionId\":\"old\"",
            load.Lines.Single(),
            StringComparison.Ordinal
        );
        Assert.Empty(past.Events);
        Assert.Equal(new CoderEvent.SessionStarted("old", null), loaded.Events[0]);
    }

    [Fact]
    public void An_agent_that_cannot_load_a_session_has_lost_it()
    {
        var session = new AcpSession(CoderGround.Request(resume: "old"), AcpDialect.Plain);
        _ = session.Begin();

        var step = Take(session, """{"jsonrpc":"2.0","id":1,"result":{"agentCapabilities":{}}}""");

        var end = Assert.Single(step.Events.OfType<CoderEvent.TurnEnded>()).End;
        Assert.Equal(ErrorClass.SessionGone, Assert.IsType<TurnEnd.Failed>(end).Class);
    }

    [Fact]
    public void A_successor_sees_the_end_of_a_turn_that_its_predecessor_began()
    {
        var session = InTurn();
        _ = Take(session, """{"jsonrpc":"2.0","id":3,"result":{"stopReason":"end_turn"}}""");

        Assert.Single(Take(session, """{"jsonrpc":"2.0","id":4,"result":{"stopReason":"end_turn"}}""").Events);
        Assert.Empty(Take(session, """{"jsonrpc":"2.0","id":4,"result":{}}""").Events);
        Assert.Contains("\"id\":5", session.Say("more")!.Value.Lines.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_Fleet_are_not_offered_and_a_request_for_them_is_refused()
    {
        var step = Take(InTurn(), """{"jsonrpc":"2.0","id":8,"method":"fs/read_text_file","params":{"path":"/x"}}""");

        Assert.Contains("\"id\":8,\"error\"", step.Lines.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_arguments_a_tool_is_asked_for_with_the_files_it_touches()
    {
        var asked = Take(
            InTurn(),
            """
            {"jsonrpc":"2.0","id":5,"method":"session/request_permission","params":{
              "toolCall":{
                "toolCallId":"c1","kind":"edit","title":"Write","content":[{"type":"diff","path":"/etc/x"}]
              },
              "options":[]
            }}
            """
        );

        Assert.Equal(
            """{"title":"Write","paths":["/etc/x"]}""",
            Assert.Single(asked.Events.OfType<CoderEvent.ApprovalAsked>()).Input
        );
    }

    private static string Comparable(string message)
    {
        var node = JsonNode.Parse(message)!.AsObject();
        // A recording names its own client and its own tools.
        (node["params"] as JsonObject)?.Remove("clientInfo");
        (node["params"] as JsonObject)?.Remove("mcpServers");
        return Sorted(node)!.ToJsonString();
    }

    private static JsonNode? Sorted(JsonNode? node) =>
        node is JsonObject members
            ? new JsonObject(
                members
                    .OrderBy(member => member.Key, StringComparer.Ordinal)
                    .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))
            )
            : node?.DeepClone();
}
