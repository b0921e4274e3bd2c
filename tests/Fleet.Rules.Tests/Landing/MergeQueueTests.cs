using Fleet.Rules.Settings;
using Fleet.Rules.Verification;

namespace Fleet.Rules.Tests.Landing;

public sealed class MergeQueueTests
{
    private static readonly TaskId First = new(1);
    private static readonly TaskId Second = new(2);

    [Fact]
    public void One_proposal_lands_at_a_time_and_the_next_only_once_that_was_checked()
    {
        var story = Story.With().Adds("a").Adds("b").Proves(1).Proves(2);
        Assert.Equal(First, story.State.Repositories[Story.Shop].Landing);
        Assert.Equal(["landing.landed"], story.TrunkMoves(1).News);
        Assert.Single(story.Owed.Of<Effect.CheckLanding>());
        Assert.Contains("landing.started", story.LandingHolds(1).News);
        Assert.Equal(Second, story.State.Repositories[Story.Shop].Landing);
    }

    [Fact]
    public void Hurried_ones_land_first_then_the_urgent_then_the_old()
    {
        var story = Story.With(LandingMode.Approve, slots: 4).Adds("a").Adds("b", 3).Adds("c", 1).Adds("d", 3);
        foreach (var id in (int[])[1, 2, 3, 4])
        {
            story.Proves(id);
        }

        story.Asks(new Request.Approve(First));
        foreach (var id in (int[])[2, 3, 4])
        {
            story.Asks(new Request.Approve(new TaskId(id)));
        }

        story.Asks(new Request.LandNext(new TaskId(4)));
        Assert.Equal([1, 4, 3, 2], Order(story));
    }

    [Fact]
    public void A_candidate_that_trunk_left_behind_is_built_again()
    {
        var story = Story.With(LandingMode.Approve).Adds("a").Proves(1).Reads(new Commit("trunk-1"), [Story.Tests]);
        story.Asks(new Request.Approve(First));
        Assert.Equal(["proposal.approved", "landing.started", "candidate.outdated"], story.News);
        Assert.Single(story.Owed.Of<Effect.BuildCandidate>());
        Assert.Empty(story.Owed.Of<Effect.MoveTrunk>());
    }

    [Fact]
    public void A_busy_trunk_is_tried_again_ever_more_slowly()
    {
        var story = Story.With().Adds("a").Proves(1);
        var waits = new List<double>();
        for (var n = 0; n < 7; n++)
        {
            story.Sees(new Observation.TrunkBusy(First, story.Task(1).Candidates, "index locked"));
            var until = story.Single<Event.LandingDeferred>().Until;
            waits.Add((until - story.Now).TotalSeconds);
            Assert.Equal(until, story.WakeAt);
            story.After(until - story.Now).Merges(1, tree: "the same tree").Judges(1, new Verdict.Upheld());
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], waits);
    }

    [Fact]
    public void While_trunk_may_be_moving_nothing_takes_the_proposal_away()
    {
        var story = Story.With().Adds("a").Proves(1);
        Assert.Single(story.Owed.Of<Effect.MoveTrunk>());
        foreach (
            var ask in (Request[])
                [new Request.RetryTask(First), new Request.StopTask(First), new Request.Reject(First, "no")]
        )
        {
            Assert.Equal(Answer.Refused, story.Asks(ask).Answer!.Code);
        }

        Assert.Equal(["task.abandon_asked"], story.Asks(new Request.AbandonTask(First, "no")).News);
        Assert.Single(story.Owed.Of<Effect.MoveTrunk>());
        Assert.Equal(["landing.landed"], story.TrunkMoves(1).News);
    }

    [Fact]
    public void A_task_given_up_while_landing_is_abandoned_once_trunk_says_no()
    {
        var story = Story.With().Adds("a").Proves(1).Asks(new Request.AbandonTask(First, "no"));
        story.Sees(new Observation.TrunkBusy(First, story.Task(1).Candidates, "index locked"));
        Assert.Equal(["landing.deferred", "task.abandoned"], story.News);
    }

    [Fact]
    public void Trunk_is_asked_again_where_the_answer_was_lost_even_when_a_stranger_moved_it_since()
    {
        var story = Story.With().Adds("a").Proves(1).Reads(new Commit("a stranger's"), [Story.Tests]);
        Assert.Single(story.Owed.Of<Effect.MoveTrunk>());
        Assert.Equal(["landing.landed"], story.TrunkMoves(1).News);
    }

    [Fact]
    public void A_landing_that_lost_its_permission_makes_room_for_others()
    {
        var story = Story.With().Adds("a").Adds("b").Proves(1);
        story.Sees(new Observation.TrunkElsewhere(First, story.Task(1).Candidates, new Commit("trunk-1")));
        story.Sees(
            new Observation.HomeSettingsSeen(
                story.State.Home with
                {
                    Landing = new LandingSettings(LandingMode.Approve),
                },
                "approve",
                "config.yaml"
            )
        );
        story.Merges(1, "t").Upholds(1);
        Assert.Contains("landing.deferred", story.News);
        Assert.Null(story.State.Repositories[Story.Shop].Landing);
    }

    [Fact]
    public void A_landing_found_broken_halts_the_queue_until_a_person_resumes()
    {
        var story = Story.With().Adds("a").Adds("b").Proves(1).Proves(2).TrunkMoves(1);
        story.Sees(new Observation.LandingBroken(Story.Shop, "trees differ"));
        Assert.Equal(["repository.halted"], story.News);
        Assert.DoesNotContain("landing.started", story.LandingHolds(1).News);
        Assert.Contains("landing.started", story.Asks(new Request.Resume()).News);
    }

    private static List<int> Order(Story story)
    {
        var order = new List<int>();
        while (story.State.Repositories[Story.Shop].Landing is { } next)
        {
            order.Add(next.Number);
            if (story.Task(next.Number).Proposal!.Candidate is null)
            {
                story.Merges(next.Number, "the same tree").Upholds(next.Number);
            }

            story.TrunkMoves(next.Number).LandingHolds(next.Number);
        }

        return order;
    }
}
