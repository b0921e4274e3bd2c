using Fleet.Rules.Scheduling;
using Fleet.Rules.Settings;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Scheduling;

public sealed class BackoffTests
{
    private static readonly Backoff Usual = new(new BackoffSettings());

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 16)]
    public void Each_wait_is_four_times_the_last_give_or_take_a_tenth(int failures, int seconds)
    {
        for (var task = 1; task < 500; task++)
        {
            var wait = Usual.After(failures, Run(task)).TotalSeconds;
            Assert.InRange(wait, 0.9 * seconds, 1.1 * seconds);
        }
    }

    [Fact]
    public void The_same_run_always_waits_the_same_and_different_runs_do_not()
    {
        Assert.Equal(Usual.After(1, Run(5)), Usual.After(1, Run(5)));
        Assert.True(Enumerable.Range(1, 50).Select(t => Usual.After(1, Run(t))).Distinct().Count() > 40);
    }

    [Fact]
    public void A_wait_is_in_whole_milliseconds_as_the_log_is() =>
        Assert.All(Enumerable.Range(1, 500), t => Assert.Equal(0, Usual.After(1, Run(t)).Microseconds));

    [Fact]
    public void Even_a_thousand_failures_give_a_wait_that_ends() =>
        Assert.Equal(Usual.After(11, Run(1)), Usual.After(1000, Run(1)));
}
