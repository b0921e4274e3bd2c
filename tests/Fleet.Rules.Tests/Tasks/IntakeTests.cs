using Fleet.Rules.Attention;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Tasks;

public sealed class IntakeTests
{
    [Fact]
    public void An_added_task_starts_at_once_where_a_slot_is_free() =>
        Assert.Equal(["task.added", "run.started"], Story.With().Adds("fix the login").News);

    [Fact]
    public void The_same_request_asked_again_gets_the_first_answer()
    {
        var story = Story.With();
        var ask = new Request.AddTask(Story.Root, Brief("fix the login"));
        var first = story.Asks(ask, id: "same").Answer;
        var second = story.Asks(ask, id: "same");
        Assert.Equal(first!.Task, second.Answer!.Task);
        Assert.Empty(second.News);
    }

    [Fact]
    public void A_directory_that_is_no_known_repository_is_refused()
    {
        var story = Story.With().Asks(new Request.AddTask("/elsewhere", Brief("lost")));
        Assert.Equal((Answer.Failed, "fleet init"), (story.Answer!.Code, story.Answer.Hint));
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("   ", 2)]
    [InlineData("urgent", 5)]
    [InlineData("urgent", -1)]
    public void A_brief_that_cannot_be_is_refused(string title, int priority) =>
        Assert.Equal(Answer.Usage, Story.With().Adds(title, priority).Answer!.Code);

    [Fact]
    public void Only_a_person_may_say_that_a_task_needs_no_gate()
    {
        var agent = Actor.Agent(Run(1));
        var free = Brief("trust me") with { NoGate = true };
        var story = Story.With().Asks(new Request.AddTask(Story.Root, free), agent);
        Assert.Equal(Answer.Refused, story.Answer!.Code);
        story.Adds("honest").Exits(Run(1), 1).Saves(Run(1), Work(Run(1)));
        story.Asks(new Request.EditTask(new TaskId(1), new BriefChange(NoGate: true)), agent);
        Assert.Equal(Answer.Refused, story.Answer!.Code);
        Assert.False(story.Task(1).Brief.NoGate);
    }

    [Fact]
    public void A_task_is_not_edited_while_a_run_works_on_it() =>
        Assert.Equal(
            Answer.Refused,
            Story.With().Adds("a").Asks(new Request.EditTask(new TaskId(1), new BriefChange(Title: "b"))).Answer!.Code
        );

    [Fact]
    public void An_abandoned_task_first_stops_its_run_and_saves_its_work()
    {
        var story = Story.With().Adds("a").Spawns(Run(1));
        story.Asks(new Request.AbandonTask(new TaskId(1), "not needed"));
        Assert.Equal(["task.abandon_asked", "run.stop_asked"], story.News);
        Assert.Equal(["run.exited"], story.Exits(Run(1), 143).News);
        Assert.Equal(["run.work_saved", "run.failed", "task.abandoned"], story.Saves(Run(1), Work(Run(1))).News);
        Assert.Equal(TaskState.Abandoned, story.Status(1).State);
    }

    [Fact]
    public void A_retry_begins_the_counts_of_failures_anew()
    {
        var story = Story.With().Adds("a").Crashes(Run(1));
        story.After(TimeSpan.FromSeconds(10)).Crashes(Run(1, 2)).After(TimeSpan.FromSeconds(10)).Crashes(Run(1, 3));
        Assert.Equal(WaitingFor.Person, story.Status(1).For);
        story.Asks(new Request.RetryTask(new TaskId(1)));
        Assert.Equal(["task.retried", "run.started"], story.News);
        Assert.Equal(0, story.Task(1).CrashesInARow);
    }
}
