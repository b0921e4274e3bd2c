using Fleet.Coders;
using Fleet.Daemon.Conversations;
using Fleet.Rules;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Tests.Daemon;

/// <summary>What a coder's stream says of its account, and of its own tries.</summary>
public sealed class CoderFiguresTests
{
    private static readonly RunId Run = new(new TaskId(1), 1);
    private static readonly DateTimeOffset Reset = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly CoderEvent Again = new CoderEvent.RetrySeen(1, null, ErrorClass.Overloaded);

    [Fact]
    public void Of_many_words_about_a_window_only_the_newest_is_told_and_only_once()
    {
        var windows = new AccountWindows(Run, TimeProvider.System);
        windows.Take(new CoderEvent.LimitSeen("five_hour", 0.1, Reset, IsReached: false));
        windows.Take(new CoderEvent.LimitSeen("weekly", null, Reset, IsReached: true));
        windows.Take(new CoderEvent.LimitSeen("five_hour", 0.2, Reset, IsReached: false));

        Assert.Equal(
            [new AccountWindow("five_hour", 0.2, Reset, false), new AccountWindow("weekly", null, Reset, true)],
            windows.News()!.Windows
        );
        Assert.Null(windows.News());
    }

    [Fact]
    public void A_coder_that_names_ever_new_windows_is_not_remembered_for_ever()
    {
        var windows = new AccountWindows(Run, TimeProvider.System);
        for (var number = 0; number < 1_000; number++)
        {
            windows.Take(new CoderEvent.LimitSeen($"window-{number}", 0.1, Reset, IsReached: false));
        }

        Assert.Equal(Account.MostWindows, windows.News()!.Windows.Length);
    }

    [Fact]
    public void A_coder_that_tries_again_for_ever_is_ended_once()
    {
        var retries = new CoderRetries(Run);
        var told = Enumerable.Range(0, 100).Select(_ => retries.Take(Again)).OfType<Observation.RunPassedLimit>();

        var limit = Assert.Single(told);
        Assert.Equal((StopReason.NoProgress, Run), (limit.Reason, limit.Run));
        Assert.Contains("Overloaded", limit.Why);
    }

    [Fact]
    public void A_coder_that_goes_on_after_some_tries_is_left_alone()
    {
        var retries = new CoderRetries(Run);
        for (var round = 0; round < 20; round++)
        {
            Assert.All(Enumerable.Repeat(Again, CoderRetries.Most), again => Assert.Null(retries.Take(again)));
            Assert.Null(retries.Take(new CoderEvent.Text("now")));
        }
    }
}
