using Fleet.Rules.Attention;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Scheduling;

public sealed class SchedulerTests
{
    [Fact]
    public void No_more_runs_are_alive_than_there_are_slots()
    {
        var story = Story.With(slots: 2).Adds("a").Adds("b").Adds("c");
        Assert.Equal([new TaskId(1), new TaskId(2)], story.State.Index.Live);
        Assert.Equal(TaskState.Ready, story.Status(3).State);
    }

    [Fact]
    public void A_slot_is_free_again_once_the_process_tree_is_gone()
    {
        var story = Story.With(slots: 1).Adds("a").Adds("b").Spawns(Run(1));
        Assert.Equal(["run.exited", "run.started"], story.Exits(Run(1)).News);
    }

    [Fact]
    public void The_most_urgent_task_starts_first_and_among_equals_the_oldest()
    {
        var story = Story.With(slots: 1).Adds("busy").Adds("low", 4).Adds("high", 0).Adds("high too", 0);
        story.Exits(Run(1), 0);
        Assert.Equal(Run(3), story.Single<Event.RunStarted>().Run);
        story.Exits(Run(3), 0);
        Assert.Equal(Run(4), story.Single<Event.RunStarted>().Run);
        story.Exits(Run(4), 0);
        Assert.Equal(Run(2), story.Single<Event.RunStarted>().Run);
    }

    [Fact]
    public void A_task_that_failed_waits_out_its_backoff_and_says_when_to_wake()
    {
        var story = Story.With().Adds("a").Crashes(Run(1));
        var at = story.Single<Event.RunFailed>().RetryAt!.Value;
        Assert.InRange((at - story.Now).TotalMilliseconds, 900, 1100);
        Assert.Equal(at, story.WakeAt);
        Assert.Empty(story.After(at - story.Now - TimeSpan.FromMilliseconds(1)).News);
        Assert.Equal(["run.started"], story.After(TimeSpan.FromMilliseconds(1)).News);
    }

    [Fact]
    public void Nothing_starts_while_paused_or_draining()
    {
        var story = Story.With().Asks(new Request.Pause(PauseKind.StartNothing)).Adds("a");
        Assert.Equal(["task.added"], story.News);
        Assert.Equal(["fleet.resumed", "run.started"], story.Asks(new Request.Resume()).News);
        story.Asks(new Request.Drain(Now: false)).Adds("b");
        Assert.Equal(["task.added"], story.News);
    }

    [Fact]
    public void A_new_limit_holds_from_the_next_start_on()
    {
        var story = Story.With(slots: 1).Adds("a").Adds("b");
        story.Sees(
            new Observation.HomeSettingsSeen(story.State.Home with { MaxConcurrent = 2 }, "more", "config.yaml")
        );
        Assert.Equal(["home.settings_changed", "run.started"], story.News);
    }
}
