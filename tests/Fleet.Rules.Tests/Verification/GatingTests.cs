using Fleet.Rules.Attention;
using Fleet.Rules.Settings;
using Fleet.Rules.Verification;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Verification;

public sealed class GatingTests
{
    [Fact]
    public void Every_gate_must_uphold_before_a_proposal_is_proven()
    {
        var story = Story.With(gates: [Story.Tests, Story.Lint]).Adds("a").Proposes(Run(1)).Merges(1);
        Assert.Equal(2, story.Owed.Of<Effect.RunGate>().Length);
        Assert.Equal(["verdict.given"], story.Judges(1, new Verdict.Upheld()).News);
        Assert.Contains("proposal.proven", story.Judges(1, new Verdict.Upheld(), GateSettingsOf.Lint).News);
    }

    [Fact]
    public void A_refused_command_waits_for_a_person() =>
        Assert.Equal(
            ["verdict.given", "proposal.refuted", "task.parked"],
            Story.With().Adds("a").Proposes(Run(1)).Merges(1).Refutes(1).News
        );

    [Fact]
    public void A_refused_agent_continues_from_its_commit_a_little_later()
    {
        var story = Story.With().Adds("a", coder: "claude").Proposes(Run(1)).Merges(1).Refutes(1);
        Assert.Equal(["verdict.given", "proposal.refuted"], story.News);
        story.After(TimeSpan.FromSeconds(2));
        Assert.Equal(CommitOf(Run(1)), story.Single<Event.RunStarted>().From);
        Assert.Contains("3 failed", story.Task(1).LastSetback, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_that_cannot_answer_is_no_yes()
    {
        var story = Story.With().Adds("a").Proposes(Run(1)).Merges(1).Judges(1, new Verdict.Undecided("killed"));
        Assert.Equal(["verdict.given", "task.parked"], story.News);
        Assert.Equal(WaitingFor.Person, story.Status(1).For);
    }

    [Fact]
    public void A_verdict_about_another_tree_is_ignored()
    {
        var story = Story.With().Adds("a").Proposes(Run(1)).Merges(1);
        var other = new GivenVerdict(
            new Tree("another"),
            "tests",
            Proof.Definition(Story.Tests),
            new Verdict.Upheld(),
            "",
            TimeSpan.Zero
        );
        Assert.Empty(story.Sees(new Observation.GateAnswered(new TaskId(1), other)).News);
    }

    [Fact]
    public void A_conflict_with_trunk_refuses_the_proposal_and_names_the_paths()
    {
        var story = Story.With().Adds("a").Proposes(Run(1));
        var number = story.Task(1).Candidates + 1;
        story.Sees(new Observation.CandidateConflicted(new TaskId(1), number, Story.Trunk, ["src/login.cs"]));
        Assert.Equal(["proposal.refuted", "task.parked"], story.News);
        Assert.Contains("src/login.cs", story.Status(1).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_candidate_of_an_earlier_proposal_is_not_taken_for_the_new_one()
    {
        var story = Story.With().Adds("a", coder: "claude").Proposes(Run(1));
        var late = story.Candidate(1);
        story.Asks(new Request.Reject(new TaskId(1), "not like this")).After(TimeSpan.FromSeconds(5));
        story.Proposes(Run(1, 2));
        Assert.Empty(story.Sees(new Observation.CandidateMerged(new TaskId(1), late)).News);
        Assert.NotEqual(late.Number, Assert.Single(story.Owed.Of<Effect.BuildCandidate>()).Number);
    }

    [Fact]
    public void Gates_have_slots_of_their_own()
    {
        var story = Story.With(gates: [Story.Tests, Story.Lint]).Adds("a").Adds("b");
        story.Proposes(Run(1)).Merges(1).Proposes(Run(2)).Merges(2);
        Assert.Equal(story.State.Home.MaxGates, story.Owed.Of<Effect.RunGate>().Length);
    }

    [Fact]
    public void A_gate_that_is_new_on_trunk_is_asked_as_well()
    {
        var story = Story.With(LandingMode.Approve).Adds("a").Proves(1);
        Assert.Empty(story.Owed.Of<Effect.RunGate>());
        story.Reads(Story.Trunk, [Story.Tests, Story.Lint]);
        Assert.Equal("lint", Assert.Single(story.Owed.Of<Effect.RunGate>()).Gate.Name);
    }
}
