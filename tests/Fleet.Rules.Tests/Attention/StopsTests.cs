using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Attention;

public sealed class StopsTests
{
    private static readonly TaskId First = new(1);

    [Fact]
    public void A_stopped_task_keeps_its_work_and_waits_for_its_retry()
    {
        var story = Story.With().Adds("a").Spawns(Run(1)).Asks(new Request.StopTask(First));
        Assert.Equal(["run.stop_asked", "task.parked"], story.News);
        story.Exits(Run(1), 143).Saves(Run(1), Work(Run(1)));
        Assert.Equal(["run.work_saved", "run.failed"], story.News);
        Assert.Equal((TaskState.Waiting, Source.Person), (story.Status(1).State, story.Status(1).By));
        Assert.Empty(story.After(TimeSpan.FromDays(1)).News);
        Assert.Equal(["task.retried", "run.started"], story.Asks(new Request.RetryTask(First)).News);
    }

    [Fact]
    public void A_stop_survives_a_new_daemon()
    {
        var story = Story.With().Adds("a").Spawns(Run(1)).Asks(new Request.StopTask(First));
        story.Exits(Run(1), 143).Saves(Run(1), Work(Run(1))).Sees(new Observation.DaemonStarted("another"));
        Assert.Equal(["epoch.began"], story.News);
    }

    [Fact]
    public void Stop_all_stops_every_run_and_starts_nothing_new()
    {
        var story = Story.With(slots: 2).Adds("a").Adds("b").Adds("c").Spawns(Run(1));
        story.Asks(new Request.StopAll("enough"));
        Assert.Equal(["fleet.paused", "run.stop_asked", "task.parked", "run.stop_asked", "task.parked"], story.News);
        Assert.Equal(2, story.Owed.Of<Effect.StopRun>().Length);
    }

    [Fact]
    public void Freeze_halts_every_process_tree_and_resume_thaws_it()
    {
        var story = Story.With().Adds("a").Spawns(Run(1)).Asks(new Request.Pause(PauseKind.Freeze));
        Assert.Single(story.Owed.Of<Effect.FreezeRun>());
        story.Sees(new Observation.TreeFrozen(Run(1)));
        Assert.Empty(story.Owed.Of<Effect.FreezeRun>());
        story.Asks(new Request.Resume());
        Assert.Single(story.Owed.Of<Effect.ThawRun>());
        Assert.Empty(story.Sees(new Observation.TreeThawed(Run(1))).Owed.Of<Effect.ThawRun>());
    }

    [Fact]
    public void A_run_that_a_dead_daemon_may_have_frozen_is_thawed()
    {
        var story = Story.With().Adds("a").Spawns(Run(1)).Asks(new Request.Pause(PauseKind.Freeze));
        story.Asks(new Request.Resume()).Sees(new Observation.DaemonStarted("next"));
        Assert.Single(story.Owed.Of<Effect.ThawRun>());
        Assert.Equal(["run.thawed"], story.Sees(new Observation.TreeThawed(Run(1))).News);
    }

    [Fact]
    public void A_frozen_run_can_be_stopped()
    {
        var story = Story.With().Adds("a").Spawns(Run(1)).Asks(new Request.Pause(PauseKind.Freeze));
        story.Sees(new Observation.TreeFrozen(Run(1))).Asks(new Request.StopTask(First));
        Assert.Single(story.Owed.Of<Effect.StopRun>());
    }

    [Fact]
    public void A_drain_lets_runs_finish_and_ends_with_the_next_daemon()
    {
        var story = Story.With().Adds("a").Spawns(Run(1)).Asks(new Request.Drain(Now: false)).Adds("b");
        Assert.Equal(["task.added"], story.News);
        Assert.Empty(story.Owed.Of<Effect.StopRun>());
        Assert.Equal(["epoch.began", "run.started"], story.Sees(new Observation.DaemonStarted("next")).News);
    }

    [Fact]
    public void Down_now_stops_runs_and_their_tasks_start_again_with_the_next_daemon()
    {
        var story = Story.With().Adds("a").Spawns(Run(1)).Asks(new Request.Drain(Now: true));
        Assert.Equal(StopReason.Down, story.Single<Event.RunStopAsked>().Reason);
        story.Exits(Run(1), 143).Saves(Run(1), Work(Run(1))).Sees(new Observation.DaemonStarted("next"));
        Assert.Equal(Run(1, 2), story.Single<Event.RunStarted>().Run);
    }

    [Fact]
    public void A_drain_waits_for_gates_and_down_now_leaves_them_to_the_next_daemon()
    {
        var story = Story.With().Adds("a").Proposes(Run(1)).Merges(1).Asks(new Request.Drain(Now: false));
        Assert.Single(story.Owed.Of<Effect.RunGate>());
        Assert.Empty(story.Asks(new Request.Drain(Now: true)).Owed.Of<Effect.RunGate>());
        Assert.Single(story.Sees(new Observation.DaemonStarted("next")).Owed.Of<Effect.RunGate>());
    }

    [Fact]
    public void A_drain_can_be_taken_back()
    {
        var story = Story.With().Asks(new Request.Drain(Now: false)).Adds("a");
        Assert.Empty(story.News.Where(kind => kind == "run.started"));
        Assert.Contains("run.started", story.Asks(new Request.Resume()).News);
    }
}
