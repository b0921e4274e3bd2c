using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Spending;

/// <summary>Who pays for a run, and what becomes of a task when nobody can.</summary>
public sealed class AccountsTests
{
    private static readonly AccountId Work = new("claude", "work");
    private static readonly AccountId Home = new("claude", "home");
    private static readonly TimeSpan Hours = TimeSpan.FromHours(3);

    [Fact]
    public void Without_settings_a_coder_has_one_account()
    {
        var story = Story.With().Adds("a", coder: "claude");
        Assert.Equal(Account.Default, story.Single<Event.RunStarted>().Account);
    }

    [Fact]
    public void Nobody_pays_for_a_command()
    {
        var story = Story.With().Adds("a");
        Assert.Null(story.Single<Event.RunStarted>().Account);
        Assert.Empty(story.State.Accounts);
    }

    [Fact]
    public void In_order_the_first_account_of_the_file_pays_while_it_is_free()
    {
        var story = Pool(AccountChoice.Order, failover: false).Adds("a", coder: "claude");
        Assert.Equal("work", story.Single<Event.RunStarted>().Account);
        Assert.Equal("work", story.Adds("b", coder: "claude").Single<Event.RunStarted>().Account);
    }

    [Fact]
    public void Round_robin_takes_turns_also_among_runs_that_start_together()
    {
        var story = Pool(AccountChoice.RoundRobin, failover: false).Asks(new Request.Pause(PauseKind.StartNothing));
        story.Adds("a", coder: "claude").Adds("b", coder: "claude").Adds("c", coder: "claude");
        story.Asks(new Request.Resume());
        Assert.Equal(["work", "home", "work"], Payers(story));
    }

    [Fact]
    public void By_quota_the_emptiest_account_pays_and_among_equals_the_one_with_fewer_runs()
    {
        var story = Pool(AccountChoice.Quota, failover: false);
        Assert.Equal("work", story.Adds("a", coder: "claude").Single<Event.RunStarted>().Account);
        Assert.Equal("home", story.Adds("b", coder: "claude").Single<Event.RunStarted>().Account);
        story.Spawns(Run(2)).Sees(Windows(Run(2), 0.4, story.Now + Hours));
        Assert.Equal("work", story.Adds("c", coder: "claude").Single<Event.RunStarted>().Account);
    }

    [Fact]
    public void A_window_that_has_reset_is_empty()
    {
        var account = new Account(Work) { Windows = [new AccountWindow("day", 0.9, DateTimeOffset.UnixEpoch, false)] };
        Assert.Equal(0, account.Used(DateTimeOffset.UnixEpoch));
        Assert.Equal(0.9, account.Used(DateTimeOffset.UnixEpoch - Hours));
    }

    [Fact]
    public void With_failover_the_next_run_goes_on_from_the_kept_work_on_another_account_at_once()
    {
        var story = Ends(Working(failover: true), UsageLimit);

        var started = story.Single<Event.RunStarted>();
        Assert.Equal((Run(1, 2), "home"), (started.Run, started.Account));
        Assert.Equal(CommitOf(Run(1)), started.From);
        Assert.Null(started.Resume);
        Assert.Equal(CommitOf(Run(1)), Assert.Single(story.Owed.Of<Effect.PrepareWorktree>()).From);
        Assert.Equal(0, story.Task(1).CrashesInARow);
    }

    [Fact]
    public void Without_failover_the_task_waits_for_its_own_account_and_others_do_not()
    {
        var story = Ends(Working(failover: false), UsageLimit);
        Assert.Equal((TaskState.Waiting, WaitingFor.Limit), (story.Status(1).State, story.Status(1).For));

        Assert.Equal("home", story.Adds("b", coder: "claude").Single<Event.RunStarted>().Account);
        story.After(Hours);
        var again = story.Single<Event.RunStarted>();
        Assert.Equal((Run(1, 2), "work", "s-1"), (again.Run, again.Account, again.Resume));
    }

    [Fact]
    public void A_task_waits_for_a_limit_only_while_no_account_of_its_coder_is_free()
    {
        var story = Ends(Ends(Working(failover: true), UsageLimit).Spawns(Run(1, 2)), UsageLimit, Run(1, 2));

        Assert.Equal(WaitingFor.Limit, story.Status(1).For);
        Assert.Contains("goes on by itself at 2026-01-01 03:00 UTC", story.Status(1).Why);
        Assert.Equal(story.Now + Hours, story.WakeAt);
        Assert.Contains("account.resumed", story.After(Hours).News);
        Assert.Equal(Run(1, 3), story.Single<Event.RunStarted>().Run);
    }

    [Fact]
    public void A_limit_of_one_coder_holds_nobody_else_up_however_many_wait()
    {
        var story = Story.With(slots: 2).Adds("a", coder: "claude").Spawns(Run(1));
        story.Adds("b", 0, "claude").Spawns(Run(2));
        foreach (var urgent in Enumerable.Range(0, 20))
        {
            story.Adds($"urgent {urgent}", 0, "claude");
        }

        story.Adds("by another coder", 4, "codex");
        story.Sees(Ended(Run(1), UsageLimit)).Exits(Run(1));

        Assert.Equal("codex", story.Single<Event.RunStarted>().Coder);
    }

    [Fact]
    public void A_refused_key_stops_new_runs_at_once_and_asks_a_person()
    {
        var story = Working(failover: false, accounts: 1).Sees(Ended(Run(1), Refused));
        Assert.Equal(["run.turn_ended", "account.refused"], story.News);
        Assert.DoesNotContain("run.started", story.Adds("b", coder: "claude").News);

        Assert.Equal((TaskState.Waiting, WaitingFor.Person), (story.Status(2).State, story.Status(2).For));
        Assert.Equal("account claude/work: invalid key; then: fleet accounts resume claude/work", story.Status(2).Why);
        var told = TaskStory.Of(story.State, story.Task(2), new Dictionary<RunId, LiveRun>(), story.Now);
        Assert.Equal("fleet accounts resume claude/work", WhyStory.Of(told, []).Next);
        Assert.Contains("run.started", story.Adds("c", coder: "codex").News);
    }

    [Fact]
    public void A_refused_account_goes_on_when_a_person_says_so_and_burns_no_try()
    {
        var story = Ends(Working(failover: false, accounts: 1), Refused);
        Assert.Empty(story.After(TimeSpan.FromDays(7)).News);

        story.Asks(new Request.ResumeAccount("work"), Actor.Agent(Run(1)));
        Assert.Equal(Answer.Refused, story.Answer!.Code);
        story.Asks(new Request.ResumeAccount("work"));
        Assert.Equal(["account.resumed", "run.started"], story.News);
        Assert.Equal(0, story.Task(1).CrashesInARow);
    }

    [Fact]
    public void A_changed_entry_is_another_account()
    {
        var story = Ends(Working(failover: false, accounts: 1), Refused);
        story.Sees(Settings([new AccountSettings("work", "claude", KeyFile: "/keys/new")], new PoolSettings("claude")));
        Assert.Equal(["home.settings_changed", "run.started"], story.News);
    }

    [Fact]
    public void Settings_that_leave_an_account_as_it_was_do_not_free_it()
    {
        var story = Ends(Working(failover: false, accounts: 1), Refused);
        story.Sees(Settings([new AccountSettings("work", "claude")], new PoolSettings("claude", AccountChoice.Quota)));
        Assert.Equal(["home.settings_changed"], story.News);
    }

    [Fact]
    public void A_persons_retry_frees_the_account_that_the_task_waits_for()
    {
        var story = Ends(Working(failover: false, accounts: 1), Refused);
        story.Asks(new Request.RetryTask(new TaskId(1)), Actor.Agent(Run(1)));
        Assert.Equal(["task.retried"], story.News);
        story.Asks(new Request.RetryTask(new TaskId(1)));
        Assert.Equal(["task.retried", "account.resumed", "run.started"], story.News);
    }

    [Fact]
    public void An_account_that_cannot_be_used_is_told_before_any_process_exists()
    {
        var story = Pool(AccountChoice.Order, failover: true).Adds("a", coder: "claude");
        story.Sees(new Observation.AccountNotUsable(Run(1), "its key may be read by others"));

        Assert.Equal(["run.failed", "account.refused", "run.started"], story.News);
        Assert.Equal("home", story.Single<Event.RunStarted>().Account);
    }

    [Fact]
    public void An_overload_holds_the_account_for_longer_each_time_and_the_task_has_one_budget_of_tries()
    {
        var story = Working(failover: false, accounts: 1);
        var waits = new List<double>();
        for (var number = 1; number <= RunOutcome.PoisonAfterCrashes; number++)
        {
            story.Sees(Ended(Run(1, number), new EndedTurn(TurnResult.Failed, ErrorClass.Overloaded, "overloaded")));
            waits.Add((story.Single<Event.AccountLimited>().Until - story.Now).TotalSeconds);
            story.Exits(Run(1, number)).Saves(Run(1, number), Work(Run(1, number)));
            if (number < RunOutcome.PoisonAfterCrashes)
            {
                story.After(TimeSpan.FromMinutes(1)).Spawns(Run(1, number + 1));
            }
        }

        Assert.Equal([1, 4, 16], waits);
        Assert.Equal(WaitingFor.Person, story.Task(1).Parked?.For);
    }

    [Fact]
    public void Limits_that_end_at_once_do_not_spin()
    {
        var story = Working(failover: false, accounts: 1);
        for (var number = 1; number < 10; number++)
        {
            Ends(story, new EndedTurn(TurnResult.Failed, ErrorClass.UsageLimit, "limit", story.Now), Run(1, number));
            story.After(TimeSpan.FromMinutes(15)).Spawns(Run(1, number + 1));
        }

        story.Sees(Ended(Run(1, 10), new EndedTurn(TurnResult.Failed, ErrorClass.UsageLimit, "limit", story.Now)));
        Assert.Equal(TimeSpan.FromMinutes(15), story.Single<Event.AccountLimited>().Until - story.Now);
    }

    [Fact]
    public void Only_a_window_that_changed_by_enough_is_news()
    {
        var story = Working(failover: false);
        var reset = story.Now + Hours;
        Assert.Equal(["account.windows_seen"], story.Sees(Windows(Run(1), 0.10, reset)).News);
        Assert.Empty(story.Sees(Windows(Run(1), 0.12, reset)).News);
        Assert.Equal(["account.windows_seen"], story.Sees(Windows(Run(1), 0.16, reset)).News);
        Assert.Empty(story.Sees(Windows(Run(1), 0.02, reset)).News);
        Assert.Equal(["account.windows_seen"], story.Sees(Windows(Run(1), 0.02, reset + Hours)).News);
    }

    [Fact]
    public void A_person_sees_each_account_with_its_windows_its_runs_and_why_it_rests()
    {
        var story = Working(failover: false).Sees(Windows(Run(1), 0.5, DateTimeOffset.MaxValue));
        story.Sees(Ended(Run(1), UsageLimit));

        var rows = AccountRow.All(story.State, story.Now);
        Assert.Equal(
            [("work", AccountState.Resting), ("home", AccountState.Free)],
            rows.Select(r => (r.Name, r.State))
        );
        Assert.Equal((story.Now + Hours, "5-hour limit"), (rows[0].Until, rows[0].Why));
        Assert.Equal([Run(1)], rows[0].Live);
        Assert.Equal(0.5, Assert.Single(rows[0].Windows).Used);
        Assert.Empty(rows[1].Windows);
    }

    [Fact]
    public void A_name_that_several_accounts_have_needs_the_coders_too()
    {
        var story = Story.With().Adds("a", coder: "claude").Adds("b", coder: "codex");
        Assert.Equal(Answer.Usage, story.Asks(new Request.ResumeAccount("default")).Answer!.Code);
        Assert.Equal(Answer.Done, story.Asks(new Request.ResumeAccount("codex/default")).Answer!.Code);
        Assert.Equal(Answer.NotFound, story.Asks(new Request.ResumeAccount("nobody")).Answer!.Code);
    }

    private static EndedTurn UsageLimit =>
        new(TurnResult.Failed, ErrorClass.UsageLimit, "5-hour limit", Story.With().Now + Hours);

    private static EndedTurn Refused => new(TurnResult.Failed, ErrorClass.Authentication, "invalid key");

    /// <summary>A fleet with two accounts of claude, work and home.</summary>
    private static Story Pool(AccountChoice choice, bool failover, int accounts = 2)
    {
        ImmutableArray<AccountSettings> both = [new("work", "claude"), new("home", "claude")];
        return Story
            .With(slots: 5)
            .Sees(Settings([.. both.Take(accounts)], new PoolSettings("claude", choice, failover)));
    }

    /// <summary>The first run of a task works, and has named its session.</summary>
    private static Story Working(bool failover, int accounts = 2) =>
        Pool(AccountChoice.Order, failover, accounts)
            .Adds("a", coder: "claude")
            .Spawns(Run(1))
            .Sees(new Observation.SessionNamed(Run(1), "s-1", null));

    private static Observation.HomeSettingsSeen Settings(ImmutableArray<AccountSettings> accounts, PoolSettings pool) =>
        new(
            new HomeSettings(
                MaxConcurrent: 5,
                Landing: new LandingSettings(LandingMode.Auto),
                Accounts: accounts,
                Pools: [pool]
            ),
            $"{string.Join(',', accounts)} {pool}",
            "config.yaml"
        );

    private static Observation.WindowsSeen Windows(RunId run, double used, DateTimeOffset reset) =>
        new(run, [new AccountWindow("five_hour", used, reset, IsReached: false)]);

    private static Observation.CoderTurnEnded Ended(RunId run, EndedTurn turn) =>
        new(run, turn, Usage.Unknown, IsExact: true);

    private static Story Ends(Story story, EndedTurn turn, RunId? run = null)
    {
        var ended = run ?? Run(1);
        return story.Sees(Ended(ended, turn)).Exits(ended).Saves(ended, Work(ended));
    }

    private static IEnumerable<string?> Payers(Story story) =>
        story.State.Tasks.Values.Select(task => task.Run?.Account);
}
