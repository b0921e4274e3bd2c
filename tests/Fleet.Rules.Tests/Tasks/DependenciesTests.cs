using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Tasks;

public sealed class DependenciesTests
{
    private static readonly ImmutableArray<TaskId> First = [new TaskId(1)];

    [Fact]
    public void A_task_waits_until_what_it_needs_has_landed()
    {
        var story = Story.With().Adds("first").Adds(Brief("second") with { Needs = First });
        Assert.Equal((TaskState.Waiting, WaitingFor.Dependency), (story.Status(2).State, story.Status(2).For));
        story.Proves(1);
        Assert.DoesNotContain("run.started", story.News);
        Assert.Contains("run.started", story.TrunkMoves(1).News);
    }

    [Fact]
    public void A_task_whose_need_was_abandoned_waits_for_a_person()
    {
        var story = Story.With(slots: 1).Adds("busy").Adds("needed");
        story.Adds(Brief("second") with { Needs = [new TaskId(2)] });
        story.Asks(new Request.AbandonTask(new TaskId(2), ""));
        Assert.Equal(WaitingFor.Person, story.Status(3).For);
        Assert.Contains("abandoned", story.Status(3).Why, StringComparison.Ordinal);
        story.Asks(new Request.EditTask(new TaskId(3), new BriefChange(Needs: ImmutableArray<TaskId>.Empty)));
        Assert.Equal(TaskState.Ready, story.Status(3).State);
    }

    [Fact]
    public void A_circle_is_refused_however_long_it_is()
    {
        var story = Story.With(slots: 1).Adds("busy");
        story.Adds("a").Adds(Brief("b") with { Needs = [new TaskId(2)] });
        story.Adds(Brief("c") with { Needs = [new TaskId(3)] });
        story.Asks(new Request.EditTask(new TaskId(2), new BriefChange(Needs: [new TaskId(4)])));
        Assert.Equal(Answer.Usage, story.Answer!.Code);
        Assert.Contains("circle", story.Answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_cannot_need_itself_or_a_task_that_does_not_exist()
    {
        var story = Story.With(slots: 1).Adds("busy").Adds("a");
        Assert.Equal(Answer.Usage, Needs(story, 2, 2).Answer!.Code);
        Assert.Equal(Answer.Usage, Needs(story, 2, 77).Answer!.Code);
    }

    [Fact]
    public void Random_edits_never_make_a_circle()
    {
        const int tasks = 12;
        var story = Story.With(slots: 1);
        for (var id = 1; id <= tasks; id++)
        {
            story.Adds($"task {id}");
        }

        var chance = new Random(7);
        for (var n = 0; n < 500; n++)
        {
            Needs(story, 1 + chance.Next(tasks), 1 + chance.Next(tasks), 1 + chance.Next(tasks));
        }

        Assert.Contains(story.State.Tasks.Values, t => t.Brief.Needs.Length > 0);
        Assert.All(story.State.Tasks.Keys, id => Assert.DoesNotContain(id, Reachable(story.State, id)));
    }

    private static Story Needs(Story story, int id, params int[] needs) =>
        story.Asks(new Request.EditTask(new TaskId(id), new BriefChange(Needs: [.. needs.Select(n => new TaskId(n))])));

    private static HashSet<TaskId> Reachable(FleetState state, TaskId from)
    {
        var seen = new HashSet<TaskId>();
        var open = new Stack<TaskId>(state.Tasks[from].Brief.Needs);
        while (open.TryPop(out var id))
        {
            if (seen.Add(id))
            {
                foreach (var need in state.Tasks[id].Brief.Needs)
                {
                    open.Push(need);
                }
            }
        }

        return seen;
    }
}
