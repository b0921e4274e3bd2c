using Fleet.Rules.Attention;
using Fleet.Rules.Settings;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Landing;

public sealed class LandingPolicyTests
{
    private static readonly TaskId First = new(1);

    [Fact]
    public void What_is_proven_lands_by_itself_in_auto_mode() =>
        Assert.Equal(
            ["verdict.given", "proposal.proven", "landing.started", "landing.trunk_move_asked"],
            Story.With(LandingMode.Auto).Adds("a").Proves(1).News
        );

    [Fact]
    public void In_approve_mode_a_person_is_the_last_step()
    {
        var story = Story.With(LandingMode.Approve).Adds("a").Proves(1);
        Assert.Equal(["verdict.given", "proposal.proven"], story.News);
        Assert.Equal((TaskState.Proven, WaitingFor.Person), (story.Status(1).State, story.Status(1).For));
        story.Asks(new Request.Approve(First));
        Assert.Equal(["proposal.approved", "landing.started", "landing.trunk_move_asked"], story.News);
    }

    [Fact]
    public void An_agent_may_not_approve()
    {
        var story = Story.With(LandingMode.Approve).Adds("a").Proves(1);
        story.Asks(new Request.Approve(First), Actor.Agent(Run(1)));
        Assert.Equal(Answer.Refused, story.Answer!.Code);
        Assert.Empty(story.News);
    }

    [Fact]
    public void Without_any_gate_a_person_must_approve_even_in_auto_mode()
    {
        var story = Story.With(LandingMode.Auto, gates: []).Adds("a").Proposes(Run(1));
        Assert.Equal(WaitingFor.Person, story.Status(1).For);
        Assert.Contains("landing.started", story.Asks(new Request.Approve(First)).News);
    }

    [Fact]
    public void A_change_of_policy_needs_a_person_even_in_auto_mode()
    {
        var story = Story.With(LandingMode.Auto).Adds("a").Proposes(Run(1), Work(Run(1)) with { TouchesPolicy = true });
        Assert.DoesNotContain("landing.started", story.Merges(1).Upholds(1).News);
        Assert.Contains("landing.started", story.Asks(new Request.Approve(First)).News);
    }

    [Fact]
    public void A_change_of_policy_says_that_this_is_why_a_person_is_asked()
    {
        var story = Story.With(LandingMode.Auto).Adds("a").Proposes(Run(1), Work(Run(1)) with { TouchesPolicy = true });
        story.Merges(1).Upholds(1);

        Assert.Equal("fleet approve 1 (it changes .fleet/, which always needs a person)", story.Status(1).Why);
    }

    [Fact]
    public void Where_only_the_repository_asks_for_auto_the_task_says_what_is_missing()
    {
        var story = Story.With(LandingMode.Approve);
        var auto = new RepositorySettings(Gates: [Story.Tests], Landing: new AskedLanding(LandingMode.Auto));
        story.Sees(new Observation.RepositorySeen(Story.Shop, Story.Trunk, auto, "auto", "commands"));

        story.Adds("a").Proves(1);

        Assert.Equal(TaskState.Proven, story.Status(1).State);
        Assert.Equal($"fleet approve 1 ({LandingSettings.AutoNeedsBoth})", story.Status(1).Why);
    }

    [Fact]
    public void A_person_may_say_beforehand_that_a_task_needs_no_gate()
    {
        var story = Story.With(LandingMode.Auto, gates: []).Adds(Brief("a") with { NoGate = true });
        Assert.Contains("landing.started", story.Proposes(Run(1)).News);
    }

    [Fact]
    public void No_approval_outweighs_a_gate()
    {
        var story = Story.With(LandingMode.Approve).Adds("a").Proposes(Run(1)).Merges(1).Refutes(1);
        story.Asks(new Request.Approve(First));
        Assert.Equal(Answer.VerificationFailed, story.Answer!.Code);
    }

    [Fact]
    public void An_approval_survives_a_newer_trunk()
    {
        var story = Story.With(LandingMode.Approve).Adds("a").Proves(1).Asks(new Request.Approve(First));
        story.Sees(new Observation.TrunkElsewhere(First, story.Task(1).Candidates, new Commit("trunk-1")));
        Assert.Equal(["repository.trunk_seen", "candidate.outdated"], story.News);
        story.Merges(1, tree: "a newer tree");
        Assert.Single(story.Owed.Of<Effect.RunGate>());
        Assert.Contains("landing.trunk_move_asked", story.Upholds(1).News);
    }

    [Fact]
    public void An_approval_is_void_for_a_new_run()
    {
        var story = Story.With(LandingMode.Approve).Adds("a", coder: "claude").Proposes(Run(1));
        story.Asks(new Request.Approve(First)).Merges(1).Refutes(1).After(TimeSpan.FromSeconds(5));
        story.Proposes(Run(1, 2)).Merges(1).Upholds(1);
        Assert.Equal(WaitingFor.Person, story.Status(1).For);
        Assert.DoesNotContain("landing.started", story.News);
    }
}
