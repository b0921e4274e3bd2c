using System.Text;
using Fleet.Coders;
using Fleet.Coders.Acp;
using Fleet.Coders.Agy;
using Fleet.Coders.Claude;
using Fleet.Coders.Codex;
using Fleet.Coders.Gemini;
using Fleet.Coders.Opencode;
using Fleet.Rules.Runs;

namespace Fleet.Tests.Coders;

/// <summary>Conversations as people read them, beside the recorded streams that they come from.</summary>
public sealed class ConversationTextTests
{
    private static readonly (ICoder Coder, string[] Streams)[] Read =
    [
        (
            new ClaudeCoder(),
            [
                "claude-2.1.329-stdio-control",
                "claude-2.1.329-f-429x2",
                "claude-2.1.329-f-limit-oauth",
                "claude-2.1.329-kill9-in-bash",
                "claude-2.1.329-bg-shell",
                "claude-2.1.329-stdio-interrupt-in-bash",
            ]
        ),
        (new AcpCoder(), ["acp-claude-0.100.0-main", "acp-codex-2.6.0-limit"]),
        (new AgyCoder(), ["agy-documented-denied", "agy-documented-tool-error"]),
    ];

    [Fact]
    public void Every_conversation_reads_as_a_person_approved_it()
    {
        foreach (var (coder, streams) in Read)
        {
            foreach (var stream in streams)
            {
                Check(coder, stream);
            }
        }

        Check(new CodexCoder(), CoderGround.Streams("codex-").First(name => name.Contains("app", Ordinal)));
        Check(new GeminiStreamCoder(), "gemini-0.61.0-write-yolo");
        Check(new OpencodeRunCoder(), "opencode-1.18.33-write");
    }

    [Fact]
    public void A_call_is_one_line_and_one_that_was_overtaken_says_again_what_it_was()
    {
        var shown = Show(
            new CoderEvent.ToolStarted("a", "Bash", """{"command":"make\ntest"}"""),
            new CoderEvent.ToolStarted("b", "Read", """{"file_path":"a.txt"}"""),
            new CoderEvent.ToolFinished("b", Failed: false, "one\ntwo"),
            new CoderEvent.ToolFinished("a", Failed: true, "3 tests failed")
        );

        Assert.Equal("• Bash make test\n• Read a.txt → one two\n• Bash make test ✗ failed: 3 tests failed\n", shown);
    }

    [Fact]
    public void Pieces_of_a_text_are_put_together_again()
    {
        var shown = Show(
            new CoderEvent.Text("Hel", IsPiece: true),
            new CoderEvent.Text("lo\nthere", IsPiece: true),
            new CoderEvent.Notice("all good")
        );

        Assert.Equal("Hello\nthere\n· all good\n", shown);
    }

    [Fact]
    public void What_a_turn_did_not_tell_is_left_out_and_never_zero() =>
        Assert.Equal("— turn ended: done\n", Show(new CoderEvent.TurnEnded(new TurnEnd.Done("fine"))));

    [Fact]
    public void A_window_is_shown_again_only_when_it_has_changed()
    {
        var window = new CoderEvent.LimitSeen("five_hour", 0.41, null, IsReached: false);

        Assert.Equal(
            "◷ limit five_hour: 41 % used\n◷ limit five_hour: 42 % used\n",
            Show(window, window with { Used = 0.412 }, window with { Used = 0.42 })
        );
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string Show(params CoderEvent[] events)
    {
        var text = new ConversationText();
        return string.Concat(events.Select(text.Take));
    }

    private static void Check(ICoder coder, string stream)
    {
        stream = stream.Replace(".jsonl", "", Ordinal);
        var played = CoderGround.Play(coder, CoderGround.Request(), CoderGround.Lines($"{stream}.jsonl"));
        var text = new ConversationText();
        var shown = new StringBuilder();
        foreach (var seen in played.Events)
        {
            shown.Append(text.Take(seen));
        }

        shown.Append(text.EndLine());
        var path = Path.Combine(CoderGround.Folder, $"{stream}.log");
        if (Environment.GetEnvironmentVariable("FLEET_REGENERATE") == "1")
        {
            File.WriteAllText(path, shown.ToString());
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", shown.ToString());
    }
}
