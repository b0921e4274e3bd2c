using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Spending;

/// <summary>Budgets: reserved before a run starts, held while it lives, free again when their day has passed.</summary>
public sealed class BudgetTests
{
    private static readonly Budget Dollars = new(Usd: 2);

    [Fact]
    public void Runs_start_only_as_far_as_their_reservations_fit_into_the_day()
    {
        var story = Holding(new HomeSettings(RunBudget: Dollars, DayBudget: new Budget(Usd: 5)));
        story.Adds("a", coder: "claude").Adds("b", coder: "claude").Adds("c", coder: "claude");

        Assert.Equal([new TaskId(1), new TaskId(2)], story.State.Index.Live);
        Assert.Equal(Dollars, story.Task(1).Run!.Reserved);
        Assert.Equal((TaskState.Waiting, WaitingFor.Budget), (story.Status(3).State, story.Status(3).For));
        Assert.StartsWith("$4.00 of the $5.00 that the fleet may spend a day are taken", story.Status(3).Why);
    }

    [Fact]
    public void What_a_run_left_of_its_reservation_is_free_for_the_next_one()
    {
        var story = Holding(new HomeSettings(RunBudget: Dollars, DayBudget: new Budget(Usd: 3)));
        story.Adds("a", coder: "claude").Adds("b", coder: "claude").Spawns(Run(1));
        story.Sees(Ended(Run(1), new Usage(Usd: 0.5m)));
        Assert.DoesNotContain(new TaskId(2), story.State.Index.Live);

        Assert.Contains("run.started", story.Exits(Run(1)).News);
    }

    [Fact]
    public void A_run_without_a_budget_of_its_own_reserves_all_that_is_left()
    {
        var story = Holding(new HomeSettings(DayBudget: new Budget(Tokens: 1_000)));
        story.Adds("a", coder: "claude").Adds("b", coder: "claude");
        Assert.Equal(new Budget(Tokens: 1_000), story.Task(1).Run!.Reserved);
        Assert.Equal(WaitingFor.Budget, story.Status(2).For);

        story.Spawns(Run(1)).Sees(Ended(Run(1), new Usage(Input: 300))).Exits(Run(1));
        Assert.Equal(new Budget(Tokens: 700), story.Task(2).Run!.Reserved);
    }

    [Fact]
    public void At_its_limit_a_run_is_stopped_its_work_kept_and_no_try_is_lost()
    {
        var story = Holding(new HomeSettings(RunBudget: Dollars)).Adds("a", coder: "claude").Spawns(Run(1));
        Assert.Empty(story.Sees(new Observation.UsageSeen(Run(1), new Usage(Usd: 1.99m))).News);

        story.Sees(new Observation.UsageSeen(Run(1), new Usage(Usd: 2.01m)));
        var stop = story.Single<Event.RunStopAsked>();
        Assert.Equal((StopReason.Budget, Measure.Usd), (stop.Reason, stop.Of!.Value));
        Assert.Equal("it spent $2.01 of the $2.00 that it may spend", stop.Why);
        Assert.Equal(StopReason.Budget, Assert.Single(story.Owed.Of<Effect.StopRun>()).Reason);

        Interrupts(story, Run(1), new Usage(Usd: 2.01m));
        Assert.Equal(["run.work_saved", "run.failed"], story.News);
        Assert.Equal(FailureKind.Budget, story.Single<Event.RunFailed>().Kind);
        Assert.Equal(0, story.Task(1).CrashesInARow);
        Assert.Equal(
            "its last run spent the $2.00 that a run may spend; fleet config set run_budget.usd=4",
            story.Status(1).Why
        );
        Assert.Empty(story.After(TimeSpan.FromDays(3)).News);
    }

    [Fact]
    public void A_raised_limit_lets_the_task_go_on_by_itself_with_the_same_session()
    {
        var story = Stopped();
        story.Sets(new HomeSettings(RunBudget: new Budget(Usd: 4)));

        Assert.Equal(["home.settings_changed", "run.started"], story.News);
        Assert.Equal("s-1", story.Single<Event.RunStarted>().Resume);
    }

    [Fact]
    public void A_person_may_also_just_ask_for_another_run() =>
        Assert.Equal(["task.retried", "run.started"], Stopped().Asks(new Request.RetryTask(new TaskId(1))).News);

    [Fact]
    public void A_run_that_was_done_before_the_stop_reached_it_is_done()
    {
        var story = Holding(new HomeSettings(RunBudget: Dollars)).Adds("a", coder: "claude").Spawns(Run(1));
        story.Sees(new Observation.UsageSeen(Run(1), new Usage(Usd: 3))).SaysDone(Run(1)).Exits(Run(1));

        Assert.Contains("proposal.made", story.Saves(Run(1), Work(Run(1))).News);
    }

    [Fact]
    public void A_tasks_budget_counts_all_its_runs()
    {
        var story = Holding(new HomeSettings(RunBudget: Dollars, TaskBudget: new Budget(Usd: 3)));
        story.Adds("a", coder: "claude").Spawns(Run(1)).Sees(Ended(Run(1), new Usage(Usd: 1.5m), ErrorClass.Server));
        story.Exits(Run(1)).Saves(Run(1), Work(Run(1))).After(TimeSpan.FromMinutes(1));

        Assert.Empty(story.News);
        Assert.Equal(
            "its runs spent $1.50 of the $3.00 that a task may spend, and a run takes $2.00; "
                + "fleet config set task_budget.usd=6",
            story.Status(1).Why
        );
        Assert.Contains(new TaskId(1), story.State.Index.Blocked);
        Assert.Contains("run.started", story.Sets(new HomeSettings(TaskBudget: new Budget(Usd: 6))).News);
    }

    [Fact]
    public void A_days_budget_is_free_again_when_the_day_is_over()
    {
        var story = Holding(new HomeSettings(DayBudget: new Budget(Usd: 2)));
        story.Adds("a", coder: "claude").Adds("b", coder: "claude").Spawns(Run(1));
        story.Sees(Ended(Run(1), new Usage(Usd: 2.5m), ErrorClass.UsageLimit)).Exits(Run(1));
        Assert.Equal(WaitingFor.Budget, story.Status(2).For);
        Assert.Contains("goes on by itself when runs end, or at 00:00 UTC", story.Status(2).Why);

        // By then its account has rested long enough, too.
        story.After(TimeSpan.FromHours(1));
        var midnight = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(midnight, story.WakeAt);
        Assert.Empty(story.After(midnight - story.Now - TimeSpan.FromSeconds(1)).News);
        Assert.Contains("run.started", story.After(TimeSpan.FromSeconds(1)).News);
    }

    [Fact]
    public void A_clock_that_is_set_back_frees_no_day()
    {
        var day = DaySpent.Nothing.Add(Noon(2), "a", new Amount(1, 0, 0)).Add(Noon(1), "a", new Amount(2, 0, 0));
        Assert.Equal((3, 3), (day.On(Noon(1)).Fleet.Usd, day.On(Noon(2)).Agents["a"].Usd));
        Assert.Equal(Amount.Nothing, day.On(Noon(3)).Fleet);
    }

    [Fact]
    public void One_agents_empty_day_keeps_no_other_agent_from_working()
    {
        var story = Holding(
            new HomeSettings(
                MaxConcurrent: 2,
                Agents: [new AgentSettings("dear", DayBudget: new Budget(Usd: 1)), new AgentSettings("cheap")]
            )
        );
        for (var n = 0; n < 5; n++)
        {
            story.Adds(Brief("dear", priority: 0, coder: "claude") with { Agent = "dear" });
        }

        story.Adds(Brief("cheap", priority: 4, coder: "claude") with { Agent = "cheap" });

        Assert.Equal([new TaskId(1), new TaskId(6)], story.State.Index.Live);
        Assert.StartsWith("$1.00 of the $1.00 that agent dear may spend a day are taken", story.Status(2).Why);
    }

    [Fact]
    public void A_command_that_costs_nothing_starts_past_coders_whose_day_is_used_up()
    {
        var story = Holding(new HomeSettings(MaxConcurrent: 2, DayBudget: new Budget(Usd: 1)));
        for (var n = 0; n < 4; n++)
        {
            story.Adds("dear", priority: 0, coder: "claude");
        }

        story.Adds("cheap", priority: 4);

        Assert.Equal([new TaskId(1), new TaskId(5)], story.State.Index.Live);
    }

    [Fact]
    public void Minutes_end_a_run_even_where_its_coder_tells_nothing()
    {
        var story = Holding(new HomeSettings(RunBudget: new Budget(Usd: 1, Minutes: 20))).Adds("a").Spawns(Run(1));
        Assert.Equal(new Budget(Minutes: 20), story.Task(1).Run!.Reserved);
        Assert.Equal(story.Now + TimeSpan.FromMinutes(20), story.WakeAt);

        Assert.Equal(["run.stop_asked"], story.After(TimeSpan.FromMinutes(20)).News);
        story.Exits(Run(1), 143).Saves(Run(1), Work(Run(1)));
        Assert.Equal("its last run spent the 20 minutes that a run may spend", story.Status(1).Why.Split(';')[0]);
    }

    [Fact]
    public void The_time_of_all_runs_counts_for_the_task()
    {
        var story = Holding(new HomeSettings(TaskBudget: new Budget(Minutes: 30))).Adds("a").Spawns(Run(1));
        story.After(TimeSpan.FromMinutes(12)).Exits(Run(1), 1).Saves(Run(1), Work(Run(1)));
        story.After(TimeSpan.FromMinutes(1));

        Assert.Equal(18, story.Single<Event.RunStarted>().Reserved!.Minutes);
    }

    [Fact]
    public void Money_of_a_coder_that_tells_none_is_counted_by_list_price()
    {
        var prices = new Price("m-1", new DateOnly(2025, 1, 1), Input: 10, Output: 50);
        var story = Holding(new HomeSettings(RunBudget: Dollars, Prices: [prices]));
        story.Adds("a", coder: "codex").Spawns(Run(1)).Sees(new Observation.SessionNamed(Run(1), "s-1", "m-1"));
        var used = new Usage(Input: 100_000, Output: 20_000);
        Assert.Equal(["run.stop_asked"], story.Sees(new Observation.UsageSeen(Run(1), used)).News);

        Interrupts(story, Run(1), used);
        Assert.Equal((null, 2.0m), (story.Task(1).Spent.Usd, story.Task(1).ListPrice));
        Assert.Equal(2.0m, story.State.Day.Fleet.Usd);
    }

    [Fact]
    public void What_nobody_tells_is_said_to_be_unheld_and_never_taken_for_nothing()
    {
        var story = Holding(new HomeSettings(RunBudget: new Budget(Usd: 1, Tokens: 1_000)));
        story.Adds("a").Adds("b", coder: "codex").Spawns(Run(2)).SaysDone(Run(2));
        Assert.StartsWith("coder command tells neither tokens nor cost", UnheldWords.Of(story.State, story.Task(1)));
        Assert.StartsWith("run 2.1: codex told no tokens", UnheldWords.Of(story.State, story.Task(2)));

        story.Adds("c", coder: "codex").Spawns(Run(3)).Sees(Ended(Run(3), new Usage(Input: 1)));
        Assert.StartsWith("run 3.1: codex told no cost", UnheldWords.Of(story.State, story.Task(3)));
    }

    [Fact]
    public void A_limit_that_the_coder_keeps_itself_is_no_failure_either()
    {
        var story = Story.With().Adds("a", coder: "claude").Spawns(Run(1));
        story.Sees(Ended(Run(1), new Usage(Usd: 1), ErrorClass.Turns)).Exits(Run(1)).Saves(Run(1), Work(Run(1)));

        Assert.Equal(["run.work_saved", "run.failed", "task.parked"], story.News);
        Assert.Equal((WaitingFor.Budget, 0), (story.Status(1).For!.Value, story.Task(1).CrashesInARow));
    }

    [Fact]
    public void Why_names_the_command_that_raises_the_limit()
    {
        var story = Stopped();
        var told = TaskStory.Of(story.State, story.Task(1), new Dictionary<RunId, LiveRun>(), story.Now);

        Assert.Equal("fleet config set run_budget.usd=4", WhyStory.Of(told, []).Next);
    }

    [Fact]
    public void The_record_says_in_words_what_a_run_may_spend() =>
        Assert.Equal(
            "run 1.1 starts (claude), and may spend $2.00, 500 tokens, 20 minutes",
            EventWords.Of(new Event.RunStarted(Run(1), "claude", null, null, null, null, new Budget(2, 20, 500)))
        );

    private static DateTimeOffset Noon(int day) => new(2026, 1, day, 12, 0, 0, TimeSpan.Zero);

    private static Story Holding(HomeSettings settings) => Story.With().Sets(settings);

    private static Story Stopped()
    {
        var story = Holding(new HomeSettings(RunBudget: Dollars)).Adds("a", coder: "claude").Spawns(Run(1));
        story.Sees(new Observation.SessionNamed(Run(1), "s-1", "m-1"));
        story.Sees(new Observation.UsageSeen(Run(1), new Usage(Usd: 2)));
        return Interrupts(story, Run(1), new Usage(Usd: 2));
    }

    private static Story Interrupts(Story story, RunId run, Usage spent) =>
        story
            .Sees(new Observation.CoderTurnEnded(run, new EndedTurn(TurnResult.Interrupted), spent, IsExact: false))
            .Exits(run)
            .Saves(run, Work(run));

    private static Observation.CoderTurnEnded Ended(RunId run, Usage spent, ErrorClass? error = null) =>
        new(
            run,
            new EndedTurn(error is null ? TurnResult.Done : TurnResult.Failed, error, "it ended"),
            spent,
            IsExact: true
        );
}

internal static class SettingsSteps
{
    /// <summary>The home's settings change; who takes the last step to trunk stays.</summary>
    public static Story Sets(this Story story, HomeSettings settings) =>
        story.Sees(
            new Observation.HomeSettingsSeen(
                settings with
                {
                    Landing = story.State.Home.Landing,
                },
                settings.ToString(),
                "config.yaml"
            )
        );
}
