using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Settings;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Runs;

/// <summary>An agent whose plan a person reads proposes nothing before it is approved.</summary>
public sealed class PlanningTests
{
    private static readonly TaskId One = new(1);

    [Fact]
    public void A_plan_waits_for_a_person_and_what_was_done_besides_is_no_proposal()
    {
        var story = Planned("hash");
        Assert.Equal(["run.work_saved", "run.plan_proposed", "task.parked"], story.News);
        Assert.Equal((TaskState.Waiting, WaitingFor.Person), (story.Status(1).State, story.Status(1).For));
        Assert.StartsWith("its plan waits for you", story.Status(1).Why, StringComparison.Ordinal);
        Assert.Empty(story.After(TimeSpan.FromDays(1)).News);
    }

    [Fact]
    public void An_approved_plan_is_carried_out_by_the_next_run_in_the_same_conversation()
    {
        var story = Planned("hash").Asks(new Request.Approve(One));
        Assert.Equal(["task.plan_approved", "run.started"], story.News);
        Assert.Equal("s-1", story.Task(1).Run?.Resume);
        // What the planning run changed besides is kept, and no run stands on it.
        Assert.Null(story.Task(1).Run?.From);

        story.Proposes(Run(1, 2));
        Assert.Equal(["run.work_saved", "proposal.made"], story.News);
    }

    [Fact]
    public void A_rejected_plan_goes_back_with_the_reason_and_is_planned_again()
    {
        var story = Planned("hash").Asks(new Request.Reject(One, "too wide"));
        Assert.Equal(["task.plan_rejected", "run.started"], story.News);
        Assert.Equal("too wide", story.Task(1).LastSetback);
        Ends(story, Run(1, 2), "other");
        Assert.Equal(["run.work_saved", "run.plan_proposed", "task.parked"], story.News);
    }

    [Fact]
    public void A_run_that_leaves_no_plan_waits_for_a_person()
    {
        var story = Planned(null);
        Assert.Equal(["run.work_saved", "run.failed", "task.parked"], story.News);
        story.Asks(new Request.Approve(One));
        Assert.Equal(Answer.Refused, story.Answer?.Code);
    }

    [Fact]
    public void No_agent_approves_a_plan()
    {
        var story = Planned("hash").Asks(new Request.Approve(One), Actor.Agent(Run(1)));
        Assert.Equal(Answer.Refused, story.Answer?.Code);
        Assert.Empty(story.News);
    }

    [Fact]
    public void A_task_that_was_changed_needs_another_plan()
    {
        var story = Planned("hash").Asks(new Request.Approve(One)).Crashes(Run(1, 2));
        story.Asks(new Request.EditTask(One, new BriefChange(Title: "Sell hats"))).After(TimeSpan.FromMinutes(1));
        Ends(story, Run(1, 3), "other");
        Assert.Equal(["run.work_saved", "run.plan_proposed", "task.parked"], story.News);
    }

    private static Story Planned(string? plan)
    {
        ImmutableArray<AgentSettings> agents = [new AgentSettings("planner", Plan: AgentPlan.Ask)];
        var home = new HomeSettings(Agents: agents, Landing: new LandingSettings(LandingMode.Auto));
        var story = Story.With().Sees(new Observation.HomeSettingsSeen(home, "with agents", "config.yaml"));
        story.Adds(Brief("a", coder: "claude") with { Agent = "planner" });
        return Ends(story, Run(1), plan);
    }

    private static Story Ends(Story story, RunId run, string? plan) =>
        story
            .Spawns(run)
            .Sees(new Observation.SessionNamed(run, "s-1", null))
            .SaysDone(run)
            .Exits(run)
            .Sees(new Observation.WorkHarvested(run, Work(run), plan));
}
