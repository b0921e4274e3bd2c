using Fleet.Cli.Output;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Views;
using Fleet.Tests.Log;

namespace Fleet.Tests.Cli;

public sealed class WhyTextTests
{
    [Fact]
    public void A_narrow_screen_breaks_what_it_says_and_cuts_nothing()
    {
        const string words = "gate tests refused: exit code 1: expected three shoes and two socks, found none of them";
        var fact = new EventRow(
            7,
            Given.Noon,
            "verdict.given",
            "rule:verdict",
            null,
            new TaskId(12),
            null,
            words,
            null,
            ""
        );
        var story = new WhyStory(
            new TaskId(12),
            TaskState.Waiting,
            Source.Evidence,
            WaitingFor.Person,
            words,
            [fact],
            null
        );
        var terminal = new Terminal(TextReader.Null, Stream.Null, TextWriter.Null, true, true, false) { Width = 80 };

        var text = StoryText.Why(story, terminal);

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        var said = string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, said.Split(words).Length - 1);
    }
}
