using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Runs;

public sealed class RunOutcomeTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_run_that_ended_well_with_a_commit_is_a_proposal() =>
        Assert.Equal(["run.work_saved", "proposal.made"], Story.With().Adds("a").Proposes(Run(1)).News);

    [Fact]
    public void Exit_zero_with_nothing_done_waits_for_a_person()
    {
        var nothing = new SavedWork(null, null, false, false, [], []);
        var story = Story.With().Adds("a").Spawns(Run(1)).Exits(Run(1)).Saves(Run(1), nothing);
        Assert.Equal(["run.work_saved", "run.failed", "task.parked"], story.News);
        Assert.Equal(FailureKind.Empty, story.Single<Event.RunFailed>().Kind);
    }

    [Fact]
    public void A_crash_is_no_proposal_even_with_a_commit() =>
        Assert.Equal(["run.work_saved", "run.failed"], Story.With().Adds("a").Crashes(Run(1)).News);

    [Fact]
    public void Three_crashes_in_a_row_set_a_task_aside()
    {
        var story = Story.With().Adds("a").Crashes(Run(1)).After(Soon).Crashes(Run(1, 2)).After(Soon);
        story.Crashes(Run(1, 3));
        Assert.Equal(["run.work_saved", "run.failed", "task.parked"], story.News);
        Assert.StartsWith("set aside: 3 crashes in a row", story.Status(1).Why, StringComparison.Ordinal);
        Assert.Empty(story.After(TimeSpan.FromDays(1)).News);
    }

    [Fact]
    public void A_stale_runs_word_is_ignored()
    {
        var story = Story.With().Adds("a").Crashes(Run(1)).After(Soon).Spawns(Run(1, 2));
        Assert.Empty(story.Exits(Run(1)).News);
        Assert.Empty(story.Saves(Run(1), Work(Run(1))).News);
        Assert.Empty(story.Sees(new Observation.RunNotStarted(Run(1), "late")).News);
    }

    [Fact]
    public void A_report_that_comes_twice_counts_once()
    {
        var story = Story.With().Adds("a").Spawns(Run(1)).Exits(Run(1));
        Assert.Empty(story.Exits(Run(1), 1).News);
        story.Saves(Run(1), Work(Run(1)));
        Assert.Empty(story.Saves(Run(1), Work(Run(1))).News);
    }

    [Fact]
    public void A_run_past_its_time_is_stopped_saved_and_tried_again()
    {
        var story = Story.With().Adds("a").Spawns(Run(1));
        story.After(TimeSpan.FromMinutes(60));
        Assert.Equal(StopReason.Overtime, story.Single<Event.RunStopAsked>().Reason);
        Assert.Equal(Run(1), Assert.Single(story.Owed.Of<Effect.StopRun>()).Run);
        story.Exits(Run(1), 143).Saves(Run(1), Work(Run(1)));
        Assert.Equal(FailureKind.TimedOut, story.Single<Event.RunFailed>().Kind);
        Assert.NotNull(story.Single<Event.RunFailed>().RetryAt);
    }

    [Fact]
    public void Time_spent_frozen_does_not_count()
    {
        var story = Story.With().Adds("a").Spawns(Run(1)).Asks(new Request.Pause(PauseKind.Freeze));
        story.Sees(new Observation.TreeFrozen(Run(1))).After(TimeSpan.FromHours(5));
        story.Asks(new Request.Resume()).Sees(new Observation.TreeThawed(Run(1)));
        Assert.Empty(story.After(TimeSpan.FromMinutes(59)).News);
        Assert.Equal(["run.stop_asked"], story.After(TimeSpan.FromMinutes(1)).News);
    }

    [Fact]
    public void A_run_lost_with_its_keeper_is_tried_again()
    {
        var story = Story.With().Adds("a").Spawns(Run(1));
        story.Sees(new Observation.TreeEnded(Run(1), new RunExit(null, null, Lost: true)));
        story.Saves(Run(1), Work(Run(1)));
        Assert.Equal(FailureKind.Lost, story.Single<Event.RunFailed>().Kind);
        Assert.NotNull(story.Single<Event.RunFailed>().RetryAt);
    }

    [Fact]
    public void The_worktree_goes_only_after_the_work_was_saved()
    {
        var story = Story.With().Adds("a").Spawns(Run(1)).Exits(Run(1));
        Assert.Empty(story.Owed.Of<Effect.RemoveWorktree>());
        Assert.Single(story.Saves(Run(1), Work(Run(1))).Owed.Of<Effect.RemoveWorktree>());
        Assert.Empty(story.Sees(new Observation.WorktreeGone(Run(1))).Owed.Of<Effect.RemoveWorktree>());
    }

    [Fact]
    public void The_worktree_of_a_run_that_could_not_be_spawned_is_saved_and_goes_too()
    {
        var story = Story.With().Adds("a");
        story.Sees(new Observation.WorktreeReady(Run(1), "/trees/1.1", Story.Trunk, "fleet/1"));
        story.Sees(new Observation.RunNotStarted(Run(1), "no such program"));
        Assert.Equal(["run.failed"], story.News);
        Assert.Empty(story.Owed.Of<Effect.RemoveWorktree>());
        Assert.Single(story.Owed.Of<Effect.SaveWork>());
        Assert.Equal(["run.work_saved"], story.Saves(Run(1), Work(Run(1))).News);
        Assert.Single(story.Owed.Of<Effect.RemoveWorktree>());
    }

    [Fact]
    public void A_run_that_changed_the_persons_checkout_waits_for_a_person()
    {
        var work = Work(Run(1)) with { CheckoutChanges = ["notes.txt"] };
        var story = Story.With().Adds("a").Proposes(Run(1), work);
        Assert.Equal(["run.work_saved", "proposal.made", "task.parked"], story.News);
        Assert.Contains("notes.txt", story.Status(1).Why, StringComparison.Ordinal);
    }
}
