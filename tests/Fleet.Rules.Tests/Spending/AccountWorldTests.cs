using System.Collections.Immutable;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Spending;

/// <summary>Many worlds in which accounts are used up, refused and overloaded by chance, each from its seed.</summary>
public sealed class AccountWorldTests
{
    private const int Worlds = 40;
    private const int StepsEach = 120;
    private const int Tasks = 7;

    [Theory]
    [InlineData(AccountChoice.Order, false)]
    [InlineData(AccountChoice.Order, true)]
    [InlineData(AccountChoice.Quota, true)]
    [InlineData(AccountChoice.RoundRobin, true)]
    [InlineData(AccountChoice.RoundRobin, false)]
    public void No_run_starts_on_an_account_that_is_not_free_and_in_the_end_every_task_is_proposed(
        AccountChoice choice,
        bool failover
    )
    {
        for (var seed = 0; seed < Worlds; seed++)
        {
            var chance = new Random(seed);
            var story = World(choice, failover);
            for (var step = 0; step < StepsEach; step++)
            {
                Happens(story, chance);
            }

            ComesToAnEnd(story);
            Assert.All(story.State.Tasks.Values, task => Assert.NotNull(task.Proposal));
        }
    }

    private static Story World(AccountChoice choice, bool failover)
    {
        ImmutableArray<AccountSettings> accounts = [new("a", "claude"), new("b", "claude"), new("c", "claude")];
        var home = new HomeSettings(
            MaxConcurrent: 3,
            Accounts: accounts,
            Pools: [new PoolSettings("claude", choice, failover)],
            Limits: new RunLimits(Time: TimeSpan.FromDays(300))
        );
        var story = Story.With(slots: 3).Sees(new Observation.HomeSettingsSeen(home, "accounts", "config.yaml"));
        for (var number = 0; number < Tasks; number++)
        {
            story.Adds($"task {number}", number % 3, number == 0 ? "codex" : "claude");
            Check(story);
        }

        return story;
    }

    private static void Happens(Story story, Random chance)
    {
        ImmutableArray<Run> live = [.. story.State.Index.Live.Select(id => story.State.Tasks[id].Run!)];
        switch (chance.Next(8))
        {
            case 0:
                story.After(TimeSpan.FromMinutes(chance.Next(1, 60)));
                break;
            case 1:
                story.Asks(new Request.ResumeAccount("abc"[chance.Next(3)].ToString()));
                break;
            case 2 when live is not []:
                var share = chance.NextDouble();
                var window = new AccountWindow("day", share, story.Now + TimeSpan.FromHours(1), share > 0.9);
                story.Sees(new Observation.WindowsSeen(live[chance.Next(live.Length)].Id, [window]));
                break;
            case > 2 when live is not []:
                Ends(story, live[chance.Next(live.Length)].Id, Outcome(story, chance));
                break;
            default:
                break;
        }

        Check(story);
    }

    private static EndedTurn Outcome(Story story, Random chance) =>
        chance.Next(10) switch
        {
            0 => new EndedTurn(TurnResult.Done),
            1 or 2 => new EndedTurn(TurnResult.Failed, ErrorClass.Authentication, "invalid key"),
            3 => new EndedTurn(TurnResult.Failed, ErrorClass.UsageLimit, "limit"),
            _ => new EndedTurn(
                TurnResult.Failed,
                ErrorClass.UsageLimit,
                "limit",
                story.Now + TimeSpan.FromMinutes(chance.Next(-10, 300))
            ),
        };

    private static void Ends(Story story, RunId run, EndedTurn turn)
    {
        story.Spawns(run).Sees(new Observation.SessionNamed(run, $"s-{run}", null));
        story.Sees(new Observation.CoderTurnEnded(run, turn, Usage.Unknown, IsExact: true));
        Check(story);
        story.Exits(run);
        Check(story);
        story.Saves(run, Work(run));
    }

    /// <summary>Persons see to what waits for them, vendors serve again, and each run does its work.</summary>
    private static void ComesToAnEnd(Story story)
    {
        foreach (var account in story.State.Accounts.Keys)
        {
            story.Asks(new Request.ResumeAccount($"{account}"));
            Check(story);
        }

        for (var round = 0; round < Tasks; round++)
        {
            foreach (var id in story.State.Index.Live)
            {
                Ends(story, story.State.Tasks[id].Run!.Id, new EndedTurn(TurnResult.Done));
                Check(story);
            }

            story.After(TimeSpan.FromDays(1));
        }
    }

    private static void Check(Story story)
    {
        foreach (var started in story.Events.OfType<Event.RunStarted>())
        {
            var account = story.State.Accounts[new AccountId(started.Coder, started.Account!)];
            Assert.True(account.IsFree, $"{started} on {account}");
        }
    }
}
