using System.Text;
using Fleet.Daemon;
using Fleet.Daemon.Conversations;
using Fleet.Rules;
using Fleet.Rules.Spending;

namespace Fleet.Tests.Cli;

/// <summary>The log of a run, straight from its files: no daemon runs in any of these.</summary>
public sealed class TaskLogTests : IDisposable
{
    private const string Init = """{"type":"system","subtype":"init","session_id":"s-1","model":"m"}""";
    private const string Says =
        """{"type":"assistant","message":{"id":"m1","model":"m","content":[{"type":"text","text":"\u001b[31mred"}]}}""";
    private const string Result =
        """{"type":"result","subtype":"success","is_error":false,"result":"x","terminal_reason":"completed"}""";

    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task A_conversation_is_shown_for_people_and_nothing_in_it_moves_the_cursor()
    {
        var said = await Log(Lines(Init, "not json", Says, Result), "claude");

        Assert.Equal("session s-1, model m\nred\n— turn ended: done\n", said.Out);
    }

    [Fact]
    public async Task Raw_is_the_stream_byte_for_byte()
    {
        var stream = Lines(Init, Says, "\u001b[31m");

        Assert.Equal(stream, (await Log(stream, "claude", "--raw")).Out);
    }

    [Fact]
    public async Task Of_a_command_the_log_is_its_transcript() =>
        Assert.Equal("one\ntwo\n", (await Log("one\ntwo\n", coder: null)).Out);

    [Fact]
    public async Task A_line_that_is_longer_than_anyone_reads_is_only_named()
    {
        var said = await Log(Lines(Init, new string('x', 5_000_000), Result), "claude");

        Assert.Contains("· a line of 5000000 bytes is not shown: --raw\n", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_person_said_stands_where_it_was_said()
    {
        await Prepare(Lines(Init, Says, Result), "claude");
        new Interjections(Run).Add(new Interjection(Init.Length + 1, 41, "dana", "please\u001b[2J hurry"));

        var said = await ada.Fleet("task", "1", "log", "--run", "1");

        Assert.Equal("session s-1, model m\n» dana: please hurry\nred\n— turn ended: done\n", said.Out);
    }

    [Fact]
    public async Task What_a_coder_complained_about_is_shown_where_it_told_of_no_end()
    {
        await Prepare("", "claude");
        await File.WriteAllTextAsync(RunFiles.Errors(Run), "no such model\nsorry\n");

        var said = await ada.Fleet("task", "1", "log", "--run", "1");

        Assert.Equal("· stderr: no such model\n· stderr: sorry\n", said.Out);
    }

    [Fact]
    public async Task Half_a_line_at_the_end_and_bytes_that_are_no_text_do_no_harm()
    {
        await Prepare(Lines(Init, Says), "claude");
        await using (var file = new FileStream(RunFiles.Transcript(Run), FileMode.Append))
        {
            file.Write([0, 0xff, 0xfe, (byte)'\n', .. Encoding.UTF8.GetBytes(Result[..40])]);
        }

        Assert.Equal("session s-1, model m\nred\n", (await ada.Fleet("task", "1", "log", "--run", "1")).Out);
    }

    private string Run => ada.Home.Run(new RunId(new TaskId(1), 1));

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + "\n"));

    private async Task<Said> Log(string transcript, string? coder, params string[] more)
    {
        await Prepare(transcript, coder);
        return await ada.Fleet(["task", "1", "log", "--run", "1", .. more]);
    }

    private async Task Prepare(string transcript, string? coder)
    {
        await ada.Add("Sell shoes");
        Directory.CreateDirectory(Run);
        await File.WriteAllTextAsync(RunFiles.Transcript(Run), transcript);
        if (coder is not null)
        {
            new CoderFile(coder, Model: null, Resume: null, Usage.Unknown, Own: null).Write(Run);
        }
    }
}
