using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Runs;

/// <summary>A coder's own terminal event says how a run ended; its exit code does not.</summary>
public sealed class TurnsTests
{
    private static readonly Usage Cost = new(1234, 7000, 800, 56, null, 0.0115m);

    [Fact]
    public void A_coder_that_says_that_it_is_done_is_ended_and_its_commit_is_a_proposal()
    {
        var story = Coded().Sees(Ended(new EndedTurn(TurnResult.Done)));
        var stop = Assert.Single(story.Owed.Of<Effect.StopRun>());
        Assert.Equal(StopReason.TurnEnded, stop.Reason);

        story.Sees(new Observation.TreeEnded(Run(1), new RunExit(null, 9, Lost: false))).Saves(Run(1), Work(Run(1)));

        Assert.Equal(["run.work_saved", "proposal.made"], story.News);
    }

    [Fact]
    public void Exit_zero_without_a_terminal_event_is_no_success()
    {
        var story = Coded().Exits(Run(1)).Saves(Run(1), Work(Run(1)));
        Assert.Equal(["run.work_saved", "run.failed"], story.News);
        Assert.Contains("without saying that it was done (exit code 0)", story.Single<Event.RunFailed>().Why);
    }

    [Fact]
    public void What_a_turn_cost_is_in_the_record_once_even_if_it_is_told_again()
    {
        var story = Coded().Sees(Ended(new EndedTurn(TurnResult.Done), Cost));
        Assert.Equal(["run.usage_spent", "run.turn_ended"], story.News);
        Assert.Empty(story.Sees(Ended(new EndedTurn(TurnResult.Done), Cost)).News);
        Assert.Equal(Cost, story.Task(1).Spent);
    }

    [Fact]
    public void A_usage_limit_parks_the_task_until_it_resets_and_costs_no_try()
    {
        var story = Coded();
        var reset = story.Now + TimeSpan.FromHours(3);
        Finish(story, new EndedTurn(TurnResult.Failed, ErrorClass.UsageLimit, "5-hour limit", reset));

        Assert.Equal((TaskState.Waiting, WaitingFor.Limit), (story.Status(1).State, story.Status(1).For));
        Assert.Equal(0, story.Task(1).CrashesInARow);
        Assert.Equal(reset, story.WakeAt);
        Assert.Empty(story.After(TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1)).News);
        Assert.Equal(["account.resumed", "run.started"], story.After(TimeSpan.FromSeconds(1)).News);
    }

    [Fact]
    public void A_limit_that_nobody_knows_the_end_of_is_waited_out_in_quarters_of_an_hour()
    {
        var story = Finish(Coded(), new EndedTurn(TurnResult.Failed, ErrorClass.UsageLimit, "quota"));
        Assert.Equal(story.Now + TimeSpan.FromMinutes(15), story.WakeAt);
    }

    [Fact]
    public void A_refused_key_asks_a_person_at_once()
    {
        var story = Finish(Coded(), new EndedTurn(TurnResult.Failed, ErrorClass.Authentication, "invalid key"));
        Assert.Equal(["run.work_saved", "run.failed"], story.News);
        Assert.Equal(WaitingFor.Person, story.Status(1).For);
        Assert.Equal(0, story.Task(1).CrashesInARow);
    }

    [Fact]
    public void The_next_run_goes_on_with_the_session_from_where_its_files_are()
    {
        var story = Finish(Coded(), new EndedTurn(TurnResult.Failed, ErrorClass.Network, "connection dropped"));
        story.After(TimeSpan.FromMinutes(1));

        var started = story.Single<Event.RunStarted>();
        Assert.Equal(("s-1", CommitOf(Run(1))), (started.Resume, started.From));
    }

    [Fact]
    public void Work_that_a_run_went_on_from_and_that_changed_the_policy_still_needs_a_person()
    {
        var story = Coded();
        story.Sees(Ended(new EndedTurn(TurnResult.Failed, ErrorClass.Network, "dropped"))).Exits(Run(1));
        story.Saves(Run(1), Work(Run(1)) with { TouchesPolicy = true }).After(TimeSpan.FromMinutes(1));

        story.Proposes(Run(1, 2));

        Assert.True(story.Single<Event.ProposalMade>().TouchesPolicy);
    }

    [Fact]
    public void A_session_that_is_gone_or_full_is_not_resumed()
    {
        var story = Finish(Coded(), new EndedTurn(TurnResult.Failed, ErrorClass.ContextTooLong, "too long"));
        story.After(TimeSpan.FromMinutes(1));
        Assert.Null(story.Single<Event.RunStarted>().Resume);
    }

    [Fact]
    public void A_persons_retry_begins_a_new_session()
    {
        var story = Finish(Coded(), new EndedTurn(TurnResult.Failed, ErrorClass.Authentication, "invalid key"));
        story.Asks(new Request.RetryTask(new TaskId(1)));
        Assert.Null(story.Single<Event.RunStarted>().Resume);
    }

    [Fact]
    public void A_session_that_names_itself_again_is_no_news() =>
        Assert.Empty(Coded().Sees(new Observation.SessionNamed(Run(1), "s-1", "sonnet")).News);

    [Fact]
    public void A_permission_that_is_told_again_after_a_daemon_died_is_recorded_once()
    {
        var story = Coded();
        Assert.Equal(["run.permission_answered"], story.Sees(Allowed("7")).News);
        Assert.Empty(story.Sees(Allowed("7")).News);
        Assert.Equal(["run.permission_answered"], story.Sees(Allowed("8")).News);
    }

    [Fact]
    public void The_figures_of_a_live_run_are_shown_until_its_turn_is_in_the_record()
    {
        var story = Coded();
        var figures = new LiveFigures(new Usage(Output: 5), IsEstimated: true, 10, 100, 0, null, "thinks");
        Dictionary<RunId, LiveRun> live = new() { [Run(1)] = new LiveRun(Run(1), story.Now, 1, figures) };

        var row = TaskRow.Of(story.State, story.Task(1), live, story.Now);
        Assert.Equal((5, true, 0.1), (row.Tokens, row.IsEstimated, row.Live?.ContextShare));

        story.Sees(Ended(new EndedTurn(TurnResult.Done), new Usage(Output: 7)));
        row = TaskRow.Of(story.State, story.Task(1), live, story.Now);
        Assert.Equal((7, null, null), (row.Tokens, row.IsEstimated, row.Live));
    }

    private static Observation.PermissionGiven Allowed(string request) =>
        new(Run(1), "Bash", "ls", Allowed: true, "anything else is allowed", request);

    /// <summary>A run of a coder that has named its session.</summary>
    private static Story Coded() =>
        Story
            .With()
            .Adds("a", coder: "claude")
            .Spawns(Run(1))
            .Sees(new Observation.SessionNamed(Run(1), "s-1", "sonnet"));

    private static Observation.CoderTurnEnded Ended(EndedTurn turn, Usage? spent = null) =>
        new(Run(1), turn, spent ?? Usage.Unknown, IsExact: true);

    private static Story Finish(Story story, EndedTurn turn) =>
        story.Sees(Ended(turn)).Exits(Run(1)).Saves(Run(1), Work(Run(1)));
}
