using Fleet.Cli.Output;
using Fleet.Rules;
using Fleet.Rules.Spending;
using Fleet.Rules.Views;

namespace Fleet.Tests.Cli;

/// <summary>The figures of live runs in the list of tasks: what is not known is never 0.</summary>
public sealed class LiveTableTests
{
    private static readonly DateTimeOffset Later = new(2026, 1, 1, 14, 5, 0, TimeSpan.Zero);

    [Fact]
    public void A_live_row_shows_what_its_coder_tells()
    {
        var live = new LiveFigures(
            new Usage(1234, 7000, 800, 56, null, 0.5m),
            IsEstimated: true,
            9034,
            100_000,
            3,
            new LiveLimit("five_hour", 0.82, Later, IsReached: false),
            "Bash npm test"
        );

        var shown = Shown(Row(live, 9090, 0.5m, true));

        Assert.Contains("~9.1k", shown, StringComparison.Ordinal);
        Assert.Contains("~1.2k  ~56  ~7k", shown, StringComparison.Ordinal);
        Assert.Contains("9 %", shown, StringComparison.Ordinal);
        Assert.Contains("~0.50", shown, StringComparison.Ordinal);
        Assert.Contains(
            "\n› 1  Bash npm test; 3 retries; limit five_hour 82 % used, resets 2026-01-01 14:05:00Z\n",
            shown,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_a_live_coder_does_not_tell_is_a_question_mark()
    {
        var live = new LiveFigures(Usage.Unknown, IsEstimated: false, null, null, 0, null, "thinks");
        var row = Shown(Row(live, null, null, null)).Split('\n')[1];

        Assert.Equal(6, row.Count(letter => letter == '?'));
        Assert.DoesNotContain("0", row, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_nobody_works_on_has_no_figures_of_a_live_run()
    {
        var shown = Shown(Row(null, 9090, null, null));

        Assert.DoesNotContain("CONTEXT", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("?", shown, StringComparison.Ordinal);
        Assert.Contains("9.1k", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_coder_cannot_reach_the_screen_with_its_last_words()
    {
        var live = new LiveFigures(Usage.Unknown, IsEstimated: false, null, null, 0, null, "a\u001b[2Jb\nc");

        Assert.Contains("› 1  ab c\n", Shown(Row(live, null, null, null)), StringComparison.Ordinal);
    }

    private static string Shown(TaskRow row)
    {
        using var output = new MemoryStream();
        var terminal = new Terminal(TextReader.Null, output, TextWriter.Null, false, false, false);
        return TaskTableText.Of(new TaskList(1, 0, [row]), all: false, terminal);
    }

    private static TaskRow Row(LiveFigures? live, long? tokens, decimal? cost, bool? isEstimated) =>
        new(
            new TaskId(1),
            TaskState.Working,
            Source.Evidence,
            null,
            "",
            null,
            "claude",
            null,
            2,
            null,
            null,
            tokens,
            cost,
            "Sell",
            "shop",
            "",
            1,
            null,
            ListCost: null,
            isEstimated,
            live
        );
}
