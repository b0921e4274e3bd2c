using Fleet.Coders;
using Fleet.Coders.Codex;
using Fleet.Rules.Runs;
using static Fleet.Tests.Coders.CodexGround;

namespace Fleet.Tests.Coders;

public sealed class CodexTalkTests
{
    [Fact]
    public void It_introduces_itself_opens_a_thread_and_starts_a_turn_with_the_brief()
    {
        var written = CoderGround
            .Play(new CodexCoder(), CoderGround.Request(model: "gpt"), Lines("codex-0.169.0-app-steer.jsonl"))
            .Written;

        Assert.Equal(
            [
                """{"id":1,"method":"initialize","params":"""
                    + """{"clientInfo":{"name":"fleet","title":"Fleet","version":"1"}}}""",
                """{"method":"initialized"}""",
                """{"id":2,"method":"thread/start","params":{"cwd":"/tree","approvalPolicy":"untrusted","""
                    + "\"sandbox\":\"danger-full-access\",\"model\":\"gpt\"}}",
                """{"id":3,"method":"turn/start","params":{"threadId":"01a1fb7a-48cb-7862-a93c-8102e50ba1ca","""
                    + "\"input\":[{\"type\":\"text\",\"text\":\"Make it green, please.\"}]}}",
            ],
            written
        );
    }

    [Fact]
    public void A_thread_that_is_known_is_resumed()
    {
        var session = new CodexSession(CoderGround.Request(resume: "old"));
        _ = session.Begin();

        Assert.StartsWith(
            """{"id":2,"method":"thread/resume","params":{"threadId":"old","cwd":"/tree",""",
            Take(session, """{"id":1,"result":{}}""").Lines[1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_thread_that_is_not_there_any_more_ends_the_run_as_a_session_that_is_gone()
    {
        var session = new CodexSession(CoderGround.Request(resume: "old"));
        _ = session.Begin();
        _ = Take(session, """{"id":1,"result":{}}""");

        var ended = Take(session, """{"id":2,"error":{"code":-32600,"message":"no rollout found for old"}}""");

        Assert.Equal(
            [new CoderEvent.TurnEnded(new TurnEnd.Failed(ErrorClass.SessionGone, "no rollout found for old"))],
            ended.Events
        );
    }

    [Fact]
    public void A_command_waits_for_its_answer_and_is_asked_for_as_the_model_wrote_it()
    {
        var session = Open();
        var asked = Take(
            session,
            """
            {"method":"item/commandExecution/requestApproval","id":0,
             "params":{"threadId":"t1","command":"/bin/bash -lc 'touch ok1'"}}
            """
        );

        Assert.Equal([new CoderEvent.ApprovalAsked("0", "commandExecution", "touch ok1")], asked.Events);
        Assert.Equal(["""{"id":0,"result":{"decision":"accept"}}"""], session.Answer("0", true, "").Lines);
    }

    [Fact]
    public void A_refusal_is_told_to_it()
    {
        var session = Open();
        _ = Take(
            session,
            """
            {"method":"item/commandExecution/requestApproval","id":"a\"b",
             "params":{"threadId":"t1","command":"git push"}}
            """
        );

        Assert.Equal(
            ["""{"id":"a\"b","result":{"decision":"decline"}}"""],
            session.Answer("\"a\\\"b\"", false, "never").Lines
        );
    }

    [Fact]
    public void A_change_of_files_is_asked_for_with_its_changes()
    {
        var session = Open();
        _ = Tell(session, "item/started", """ "item":{"type":"fileChange","id":"i1","changes":[{"path":"/etc/x"}]} """);

        var asked = Take(
            session,
            """{"method":"item/fileChange/requestApproval","id":4,"params":{"threadId":"t1","itemId":"i1"}}"""
        );

        Assert.Equal([new CoderEvent.ApprovalAsked("4", "fileChange", """[{"path":"/etc/x"}]""")], asked.Events);
    }

    [Fact]
    public void A_request_that_codex_settled_itself_takes_no_answer()
    {
        var session = Open();
        _ = Take(
            session,
            """{"method":"item/commandExecution/requestApproval","id":7,"params":{"threadId":"t1","command":"ls"}}"""
        );
        _ = Tell(session, "serverRequest/resolved", """ "requestId":7 """);

        Assert.Empty(session.Answer("7", true, "").Lines);
    }

    [Fact]
    public void A_request_that_Fleet_cannot_serve_is_refused_so_that_codex_does_not_wait()
    {
        var step = Take(Open(), """{"id":9,"params":{"tool":"x"},"method":"item/tool/call"}""");

        Assert.Empty(step.Events);
        Assert.Equal(["""{"id":9,"error":{"code":-32601,"message":"Fleet does not offer this."}}"""], step.Lines);
    }

    [Fact]
    public void Words_steer_the_turn_that_runs_and_begin_one_where_none_does()
    {
        Assert.Equal(
            [
                """{"id":4,"method":"turn/steer","params":{"threadId":"t1","expectedTurnId":"u1","""
                    + "\"input\":[{\"type\":\"text\",\"text\":\"faster\"}]}}",
            ],
            Open().Say("faster")!.Value.Lines
        );

        var idle = Open();
        _ = Tell(idle, "turn/completed", """ "turn":{"id":"u1","status":"completed"} """);
        Assert.Equal(
            ["""{"id":4,"method":"turn/start","params":{"threadId":"t1","input":[{"type":"text","text":"more"}]}}"""],
            idle.Say("more")!.Value.Lines
        );
    }

    [Fact]
    public void Words_that_came_too_late_for_a_turn_begin_the_next_one()
    {
        var session = Open();
        _ = session.Say("faster");
        _ = Tell(session, "turn/completed", """ "turn":{"id":"u1","status":"completed"} """);

        Assert.Equal(
            ["""{"id":5,"method":"turn/start","params":{"threadId":"t1","input":[{"type":"text","text":"faster"}]}}"""],
            Take(session, """{"id":4,"error":{"code":-32600,"message":"no active turn"}}""").Lines
        );
    }

    [Fact]
    public void An_interrupt_names_the_turn_and_is_no_error()
    {
        var session = Open();

        Assert.Equal(
            ["""{"id":4,"method":"turn/interrupt","params":{"threadId":"t1","turnId":"u1"}}"""],
            session.Interrupt()!.Value.Lines
        );
        Assert.Equal(
            [new CoderEvent.TurnEnded(new TurnEnd.Interrupted())],
            Tell(session, "turn/completed", """ "turn":{"id":"u1","status":"interrupted"} """).Events
        );
        Assert.Null(session.Interrupt());
    }

    [Fact]
    public void A_successor_uses_no_id_that_its_predecessor_used()
    {
        var session = Open();
        _ = Take(session, """{"id":17,"result":{"turnId":"u1"}}""");

        Assert.StartsWith("""{"id":18,""", session.Say("faster")!.Value.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_turns_and_words_of_an_agent_that_codex_started_are_not_the_runs()
    {
        var session = Open();
        _ = Tell(session, "item/completed", """ "item":{"type":"agentMessage","id":"m","text":"mine"} """);
        var other = Tell(session, "item/completed", """ "item":{"type":"agentMessage","id":"n","text":"x"} """, "t2");
        var end = Tell(session, "turn/completed", """ "turn":{"id":"u9","status":"completed"} """, "t2");

        Assert.Empty(other.Events);
        Assert.Empty(end.Events);
        Assert.Equal(
            [new CoderEvent.TurnEnded(new TurnEnd.Done("mine"))],
            Tell(session, "turn/completed", """ "turn":{"id":"u1","status":"completed"} """).Events
        );
    }

    [Fact]
    public void What_codex_tries_again_is_a_retry_and_ends_nothing()
    {
        var step = Tell(
            Open(),
            "error",
            """
            "willRetry":true,
            "error":{
              "message":"Reconnecting... 2/5",
              "codexErrorInfo":{"responseStreamDisconnected":{"httpStatusCode":null}}
            }
            """
        );

        Assert.Equal([new CoderEvent.RetrySeen(2, null, ErrorClass.Network)], step.Events);
    }
}
