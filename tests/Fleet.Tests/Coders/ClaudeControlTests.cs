using System.Text;
using System.Text.Json.Nodes;
using Fleet.Coders;
using Fleet.Coders.Claude;
using Fleet.Processes;

namespace Fleet.Tests.Coders;

/// <summary>What is written to Claude Code.</summary>
public sealed class ClaudeControlTests
{
    private const string Stream = "claude-2.1.329-stdio-control.jsonl";

    private static (ICoderSession Session, CoderEvent.ApprovalAsked Asked) Waiting()
    {
        var session = new ClaudeCoder().Open(CoderGround.Request());
        foreach (var line in CoderGround.Lines(Stream))
        {
            if (session.Take(line).Events.OfType<CoderEvent.ApprovalAsked>().FirstOrDefault() is { } asked)
            {
                return (session, asked);
            }
        }

        throw new InvalidOperationException($"{Stream} asks nothing");
    }

    private static JsonNode Only(CoderStep? step) => JsonNode.Parse(Assert.Single(step!.Value.Lines))!;

    [Fact]
    public void Allowed_it_gets_the_input_back_that_it_asked_for()
    {
        var (session, asked) = Waiting();

        var answer = Only(session.Answer(asked.Request, true, ""))["response"]!;

        Assert.Equal(("success", asked.Request), ((string?)answer["subtype"], (string?)answer["request_id"]));
        Assert.Equal("allow", (string?)answer["response"]!["behavior"]);
        Assert.Equal("touch x1", (string?)answer["response"]!["updatedInput"]!["command"]);
    }

    [Fact]
    public void Denied_it_is_told_why()
    {
        var (session, asked) = Waiting();

        var answer = Only(session.Answer(asked.Request, false, "not \"here\""))["response"]!["response"]!;

        Assert.Equal(("deny", "not \"here\""), ((string?)answer["behavior"], (string?)answer["message"]));
    }

    [Fact]
    public void A_question_whose_call_has_its_result_is_open_no_more()
    {
        var (session, asked) = Waiting();
        _ = CoderGround.Take(session, CoderGround.Lines(Stream));

        Assert.Empty(session.Answer(asked.Request, true, "").Lines);
    }

    [Fact]
    public void A_question_that_it_took_back_is_open_no_more()
    {
        var (session, asked) = Waiting();
        var back = $$"""{"type":"control_cancel_request","request_id":"{{asked.Request}}"}""";
        _ = session.Take(Encoding.UTF8.GetBytes(back));

        Assert.Empty(session.Answer(asked.Request, true, "").Lines);
    }

    [Fact]
    public void What_Fleet_does_not_serve_is_refused_at_once()
    {
        var session = new ClaudeCoder().Open(CoderGround.Request());
        var step = session.Take(
            """{"type":"control_request","request_id":"r","request":{"subtype":"elicitation"}}"""u8
        );

        var answer = Only(step)["response"]!;
        Assert.Equal(("error", "r"), ((string?)answer["subtype"], (string?)answer["request_id"]));
    }

    [Fact]
    public void It_begins_with_the_brief_as_a_message_and_is_spoken_to_in_the_same_way()
    {
        var session = new ClaudeCoder().Open(CoderGround.Request());

        foreach (
            var (message, words) in new[]
            {
                (Only(session.Begin()), CoderGround.Prompt),
                (Only(session.Say("hm")), "hm"),
            }
        )
        {
            Assert.Equal(("user", "user"), ((string?)message["type"], (string?)message["message"]!["role"]));
            Assert.Equal(words, (string?)message["message"]!["content"]![0]!["text"]);
        }
    }

    [Fact]
    public void Every_interrupt_has_a_name_of_its_own()
    {
        var session = new ClaudeCoder().Open(CoderGround.Request());
        var (one, other) = (Only(session.Interrupt()), Only(session.Interrupt()));

        Assert.Equal("interrupt", (string?)one["request"]!["subtype"]);
        Assert.NotEqual((string?)one["request_id"], (string?)other["request_id"]);
    }

    [Fact]
    public void It_keeps_its_state_in_its_own_directory_and_tries_no_key_for_minutes()
    {
        var launch = new ClaudeCoder().Launch(CoderGround.Request(model: "sonnet"));

        Assert.Equal(PieceInput.Fifo, launch.Input);
        Assert.Equal("/configuration", launch.Environment["CLAUDE_CONFIG_DIR"]);
        Assert.Equal("2", launch.Environment["CLAUDE_CODE_MAX_RETRIES"]);
        Assert.Equal(["--session-id", $"{CoderGround.NewSession}"], launch.Command[^2..]);
        Assert.Equal(["--resume", "x"], new ClaudeCoder().Launch(CoderGround.Request(resume: "x")).Command[^2..]);
    }
}
