using Fleet.Rules.Runs;
using Fleet.Rules.Tasks;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Tasks;

/// <summary>What a person says reaches exactly one run, or every run whose session is new.</summary>
public sealed class TellingsTests
{
    private static readonly TaskId One = new(1);

    [Fact]
    public void What_is_said_is_owed_to_the_live_run_until_it_was_heard()
    {
        var story = Coded().Asks(new Request.Say(One, "mind the tests"));

        Assert.Equal(["task.told"], story.News);
        var tell = Assert.Single(story.Owed.Of<Effect.TellRun>());
        Assert.Equal((Run(1), "dana", "mind the tests"), (tell.Run, tell.Who, tell.Words));

        story.Sees(new Observation.WordsHeard(Run(1), tell.Told));
        Assert.Equal(["run.words_heard"], story.News);
        Assert.Empty(story.Owed.Of<Effect.TellRun>());
        Assert.Empty(story.Sees(new Observation.WordsHeard(Run(1), tell.Told)).News);
    }

    [Fact]
    public void Two_things_are_said_one_after_the_other()
    {
        var story = Coded().Asks(new Request.Say(One, "first")).Asks(new Request.Say(One, "second"));

        var first = Assert.Single(story.Owed.Of<Effect.TellRun>());
        story.Sees(new Observation.WordsHeard(Run(1), first.Told));

        Assert.Equal("first", first.Words);
        Assert.Equal("second", Assert.Single(story.Owed.Of<Effect.TellRun>()).Words);
    }

    [Fact]
    public void Words_that_came_too_late_for_a_turn_begin_the_next_run_of_the_same_session()
    {
        var story = Coded().Asks(new Request.Say(One, "mind the tests")).SaysDone(Run(1)).Exits(Run(1));
        story.Saves(Run(1), Work(Run(1)));

        Assert.Equal(["run.work_saved", "run.failed", "run.started"], story.News);
        Assert.Equal(FailureKind.Told, story.Single<Event.RunFailed>().Kind);
        var started = story.Single<Event.RunStarted>();
        Assert.Equal(("s-1", CommitOf(Run(1))), (started.Resume, started.From));
        Assert.Equal(CommitOf(Run(1)), Assert.Single(story.Owed.Of<Effect.PrepareWorktree>()).From);
        Assert.Equal(["mind the tests"], Tellings.InBrief(story.Task(1)).Select(told => told.Words));
        Assert.Equal((0, null), (story.Task(1).CrashesInARow, story.Task(1).LastSetback));
    }

    [Fact]
    public void A_run_that_heard_more_and_had_nothing_to_add_proposes_what_its_session_had_made()
    {
        var story = Coded().Asks(new Request.Say(One, "good work")).SaysDone(Run(1)).Exits(Run(1));
        story.Saves(Run(1), Work(Run(1)) with { TouchesPolicy = true });
        story.Sees(new Observation.WorktreeReady(Run(1, 2), "/trees/2", CommitOf(Run(1)), "fleet/1"));
        story.Sees(new Observation.ProcessSpawned(Run(1, 2), new ProcessIdentity(101, 7)));

        story.SaysDone(Run(1, 2)).Exits(Run(1, 2)).Saves(Run(1, 2), Work(Run(1, 2)) with { Proposal = null });

        var made = story.Single<Event.ProposalMade>();
        Assert.Equal((CommitOf(Run(1)), Story.Trunk, true), (made.Commit, made.Base, made.TouchesPolicy));
    }

    [Fact]
    public void What_an_earlier_run_heard_is_not_said_to_its_session_again()
    {
        var story = Heard(Coded(), "early").Asks(new Request.Say(One, "late")).SaysDone(Run(1)).Exits(Run(1));
        story.Saves(Run(1), Work(Run(1)));

        Assert.Equal(["late"], Tellings.InBrief(story.Task(1)).Select(told => told.Words));
    }

    [Fact]
    public void A_new_session_is_told_everything()
    {
        var story = Heard(Coded(), "early").Asks(new Request.StopTask(One)).Exits(Run(1)).Saves(Run(1), Work(Run(1)));

        story.Asks(new Request.Say(One, "late")).Asks(new Request.RetryTask(One));

        Assert.Null(story.Single<Event.RunStarted>().Resume);
        Assert.Equal(["early", "late"], Tellings.InBrief(story.Task(1)).Select(told => told.Words));
    }

    [Fact]
    public void A_run_that_never_woke_up_leaves_its_words_to_the_next_one()
    {
        var story = Story.With().Adds("a", coder: "claude").Asks(new Request.StopTask(One));
        story.Exits(Run(1)).Saves(Run(1), Work(Run(1))).Asks(new Request.Say(One, "mind the tests"));
        story.Asks(new Request.RetryTask(One)).Sees(new Observation.RunNotStarted(Run(1, 2), "no such program"));

        story.After(TimeSpan.FromMinutes(1));

        Assert.Equal(Run(1, 3), story.Single<Event.RunStarted>().Run);
        Assert.Equal(["mind the tests"], Tellings.InBrief(story.Task(1)).Select(told => told.Words));
    }

    [Fact]
    public void Words_said_during_a_run_are_not_in_its_own_brief()
    {
        var story = Heard(Coded(), "live");

        Assert.Empty(Tellings.InBrief(story.Task(1)));
    }

    [Fact]
    public void A_command_hears_nobody() =>
        Assert.Contains(
            "hears nobody",
            Refusal(Story.With().Adds("a").Asks(new Request.Say(One, "hello"))),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_task_that_has_ended_hears_nothing()
    {
        var story = Story.With().Adds("a", coder: "claude").Proves(1).TrunkMoves(1);

        Assert.Contains("has ended", Refusal(story.Asks(new Request.Say(One, "hello"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_proposal_is_not_spoken_to_but_rejected()
    {
        var story = Story.With().Adds("a", coder: "claude").Proposes(Run(1)).Asks(new Request.Say(One, "hello"));

        Refusal(story);
        Assert.StartsWith("fleet reject 1", story.Answer!.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_and_far_too_much_are_no_words()
    {
        foreach (var words in new[] { " \n", new string('x', Tellings.LongestWords + 1) })
        {
            Assert.Equal(Answer.Usage, Coded().Asks(new Request.Say(One, words)).Answer?.Code);
        }
    }

    [Fact]
    public void Only_a_person_speaks_to_a_coder() =>
        Assert.Equal(Answer.Refused, Coded().Asks(new Request.Say(One, "hello"), Actor.Agent(Run(2))).Answer?.Code);

    [Fact]
    public void Words_that_nobody_heard_are_not_redacted()
    {
        var story = Coded().Asks(new Request.Say(One, "mind the tests"));
        var said = story.Task(1).Told[0].Seq;

        Assert.Equal(Answer.Refused, story.Asks(new Request.Redact(said, "secret")).Answer?.Code);
        story.Sees(new Observation.WordsHeard(Run(1), said));
        Assert.Equal(Answer.Done, story.Asks(new Request.Redact(said, "secret")).Answer?.Code);
    }

    private static string Refusal(Story story)
    {
        Assert.Equal(Answer.Refused, story.Answer?.Code);
        Assert.Empty(story.News);
        return story.Answer!.Message;
    }

    private static Story Heard(Story story, string words)
    {
        story.Asks(new Request.Say(One, words));
        return story.Sees(new Observation.WordsHeard(Run(1), story.Task(1).Told[^1].Seq));
    }

    /// <summary>A run of a coder that has named its session.</summary>
    private static Story Coded() =>
        Story
            .With()
            .Adds("a", coder: "claude")
            .Spawns(Run(1))
            .Sees(new Observation.SessionNamed(Run(1), "s-1", "sonnet"));
}
