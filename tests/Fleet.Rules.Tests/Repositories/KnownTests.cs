using Fleet.Rules.Attention;
using Fleet.Rules.Settings;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Repositories;

public sealed class KnownTests
{
    [Fact]
    public void Commands_that_changed_are_asked_for_again()
    {
        var story = Story.With();
        story.Sees(
            new Observation.RepositorySeen(
                Story.Shop,
                new Commit("trunk-1"),
                new RepositorySettings(Gates: [new GateSettings("tests", "rm -rf /")]),
                "changed",
                "other commands"
            )
        );
        story.Adds("a");
        Assert.Equal(["task.added"], story.News);
        Assert.Equal(WaitingFor.Person, story.Status(1).For);
        story.Asks(new Request.Trust(Story.Root, "other commands"));
        Assert.Equal(["repository.commands_trusted", "run.started"], story.News);
    }

    [Fact]
    public void Only_a_person_may_trust() =>
        Assert.Equal(
            Answer.Refused,
            Story.With().Asks(new Request.Trust(Story.Root, "anything"), Actor.Agent(Run(1))).Answer!.Code
        );

    [Fact]
    public void A_new_repository_is_read_before_anything_runs_there()
    {
        var story = Story.With().Asks(new Request.AddRepository("/src/other", "main", null));
        Assert.Equal("other", Assert.Single(story.Owed.Of<Effect.ReadTrunk>()).Repository.Value);
        story.Asks(new Request.AddTask("/src/other", Brief("a")));
        Assert.Equal(["task.added"], story.News);
    }

    [Fact]
    public void Two_repositories_of_one_name_get_two_names()
    {
        var story = Story.With().Asks(new Request.AddRepository("/elsewhere/shop", "main", null));
        Assert.Equal("shop-2", story.Single<Event.RepositoryAdded>().Repository.Value);
    }

    [Fact]
    public void A_repository_with_open_tasks_is_not_forgotten()
    {
        var story = Story.With().Adds("a").Asks(new Request.ForgetRepository(Story.Shop));
        Assert.Equal(Answer.Refused, story.Answer!.Code);
        story.Exits(Run(1)).Saves(Run(1), Work(Run(1))).Asks(new Request.AbandonTask(new TaskId(1), ""));
        Assert.Equal(TaskState.Abandoned, story.Status(1).State);
        Assert.Equal(["repository.forgotten"], story.Asks(new Request.ForgetRepository(Story.Shop)).News);
    }

    [Fact]
    public void An_unreadable_repository_says_why()
    {
        var story = Story.With(slots: 1).Adds("busy").Adds("a");
        story.Sees(new Observation.RepositoryNotRead(Story.Shop, "permission denied"));
        Assert.Equal("permission denied", story.Status(2).Why);
        Assert.Equal(TaskState.Ready, story.Reads(Story.Trunk, [Story.Tests]).Status(2).State);
    }
}
