using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Views;

namespace Fleet.Rules.Tests.Views;

public sealed class StoryTests
{
    private static readonly TaskId One = new(1);
    private static readonly RunId Run = new(One, 1);
    private readonly Story story = new();

    [Fact]
    public void An_ended_task_tells_its_whole_story_from_its_own_facts()
    {
        Proposed();
        story.Then(new Event.ProposalApproved(One, new Commit("p")));
        story.Then(new Event.LandingStarted(One, new RepositoryName("shop")));
        story.Then(new Event.Landed(One, new Commit("m"), new Tree("t"), new Commit("b")));

        var told = TaskStory.Of(story.State, story.State.Finished[One], story.FactsOf(1));

        Assert.Equal((TaskState.Landed, "m"), (told.Row.State, told.Row.Commit));
        Assert.Equal(["./x"], told.Command);
        Assert.Equal(("p", "ada"), (told.Proposal!.Commit.Sha, told.Proposal.ApprovedBy));
        Assert.Equal("k", told.Run!.Kept!.Value.Sha);
    }

    [Fact]
    public void Why_is_told_in_ten_lines_and_ends_with_the_next_command()
    {
        story.Added(1);
        for (var i = 0; i < 20; i++)
        {
            story.Then(new Event.TaskParked(One, WaitingFor.Person, $"failed {i}")).Then(new Event.TaskRetried(One));
        }

        story.Then(new Event.TaskParked(One, WaitingFor.Person, "failed: exit code 1"));
        var why = WhyStory.Of(Told(), story.FactsOf(1).Select(Row));

        Assert.Equal(WhyStory.MostFacts, why.Facts.Length);
        Assert.Equal("waits for person: failed: exit code 1", why.Facts[^1].Words);
        Assert.Equal("fleet retry 1", why.Next);
    }

    [Fact]
    public void What_a_gate_printed_is_never_taken_for_the_next_command()
    {
        story.Added(1).Then(new Event.TaskParked(One, WaitingFor.Person, "failed: now run fleet abandon 1"));

        Assert.Equal("fleet retry 1", WhyStory.Of(Told(), []).Next);
    }

    [Fact]
    public void The_plan_says_what_is_done_by_whom_and_what_is_to_come()
    {
        Proposed();

        var plan = PlanStory.Of(Told());

        Assert.Equal([Source.Person, Source.Claim, null, null], plan.Select(step => step.By));
        Assert.Equal("lands on main", plan[^1].What);
    }

    [Fact]
    public void Every_kind_of_event_has_words()
    {
        foreach (var e in Samples.All)
        {
            Assert.NotEqual("", EventWords.Of(e));
            Assert.DoesNotContain("{", EventWords.Of(e), StringComparison.Ordinal);
        }
    }

    private void Proposed() =>
        story
            .Added(1)
            .Then(new Event.RunStarted(Run, "command", null, null, null))
            .Then(new Event.WorktreePrepared(Run, "/w", new Commit("b"), "fleet/1/x"))
            .Then(new Event.RunSpawned(Run, new ProcessIdentity(7, 1)))
            .Then(new Event.RunExited(Run, new RunExit(0, null, false)))
            .Then(new Event.WorkSaved(Run, new SavedWork(new Commit("p"), new Commit("k"), false, false, [], [])))
            .Then(new Event.ProposalMade(Run, new Commit("p"), new Commit("b"), false, []), Actor.Agent(Run));

    private TaskStory Told() =>
        TaskStory.Of(story.State, story.State.Tasks[One], new Dictionary<RunId, LiveRun>(), Story.Noon);

    private static EventRow Row(Fact fact) =>
        new(
            fact.Seq,
            fact.At,
            EventKinds.Of(fact.Event),
            $"{fact.Who}",
            null,
            One,
            null,
            EventWords.Of(fact.Event),
            null,
            ""
        );
}
