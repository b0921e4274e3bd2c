using Fleet.Rules.Attention;
using Fleet.Rules.Settings;
using Fleet.Rules.Views;

namespace Fleet.Rules.Tests.Views;

public sealed class TaskTableTests
{
    private readonly Story story = new();

    [Fact]
    public void What_runs_comes_first_then_what_needs_a_person_then_the_rest()
    {
        story.Added(1, priority: 4).Added(2, priority: 0).Added(3, needs: [1]).Added(4).Added(5).Added(6);
        story.Then(new Event.RunStarted(new RunId(new TaskId(4), 1), "command", null, null, null));
        story.Then(new Event.TaskParked(new TaskId(5), WaitingFor.Person, "failed"));
        story.Then(new Event.TaskParked(new TaskId(6), WaitingFor.Limit, "until ten"));

        Assert.Equal([4, 5, 2, 1, 3, 6], story.Shown());
    }

    [Fact]
    public void A_task_whose_need_was_abandoned_needs_a_person()
    {
        story.Added(1).Added(2).Added(3, needs: [2]);
        story.Then(new Event.TaskAbandoned(new TaskId(2), "no"));

        Assert.Equal([3, 1], story.Shown());
        Assert.Equal(WaitingFor.Person, story.Table().Rows[0].WaitingFor);
    }

    [Fact]
    public void A_task_that_is_tried_again_is_ready_again()
    {
        story.Added(1);
        story.Then(new Event.TaskParked(new TaskId(1), WaitingFor.Person, "failed"));
        story.Then(new Event.TaskRetried(new TaskId(1)));

        Assert.Equal(TaskState.Ready, story.Table().Rows.Single().State);
        Assert.Empty(story.State.Index.ForPerson);
    }

    [Fact]
    public void Ended_tasks_come_last_the_newest_first_and_only_when_asked_for()
    {
        story.Added(1).Added(2).Added(3);
        story.Then(new Event.TaskAbandoned(new TaskId(1), "no")).Then(new Event.TaskAbandoned(new TaskId(3), "no"));

        Assert.Equal([2], story.Shown());
        Assert.Equal([2, 3, 1], story.Shown(all: true));
    }

    [Fact]
    public void What_does_not_fit_is_counted()
    {
        story.Added(1).Added(2).Added(3);
        story.Then(new Event.TaskAbandoned(new TaskId(1), "no"));

        Assert.Equal(1, story.Table(limit: 1).More);
        Assert.Equal(2, story.Table(all: true, limit: 1).More);
    }

    [Fact]
    public void Every_open_task_is_shown_exactly_once()
    {
        for (var id = 1; id <= 60; id++)
        {
            story.Added(id, priority: id % 5, needs: id % 7 == 0 ? [id - 1] : []);
            if (id % 4 == 0)
            {
                story.Then(new Event.TaskParked(new TaskId(id), (WaitingFor)(id % 5), "parked"));
            }
        }

        Assert.Equal(Enumerable.Range(1, 60), story.Shown().Order());
    }

    [Fact]
    public void Where_commands_are_not_trusted_a_person_is_asked_before_what_is_ready_elsewhere()
    {
        var shop = new RepositoryName("shop");
        story.Added(1);
        story.Then(new Event.RepositorySettingsChanged(shop, new Commit("c"), new RepositorySettings(), "s", "hash"));

        var row = story.Table().Rows.Single();

        Assert.Equal((TaskState.Waiting, WaitingFor.Person), (row.State, row.WaitingFor));
    }

    [Fact]
    public void Only_a_live_run_has_been_silent()
    {
        var run = new RunId(new TaskId(1), 1);
        story.Added(1).Then(new Event.RunStarted(run, "command", null, null, null));
        var live = new Dictionary<RunId, LiveRun> { [run] = new(run, Story.Noon.AddSeconds(5), 10) };

        var row = TaskTable.Of(story.State, false, 10, live, Story.Noon.AddSeconds(12)).Rows.Single();

        Assert.Equal(TimeSpan.FromSeconds(7), row.Idle);
        Assert.Null(story.Table().Rows.Single().Idle);
    }
}
