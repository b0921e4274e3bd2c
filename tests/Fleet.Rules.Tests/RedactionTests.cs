using Fleet.Rules.Attention;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;
using Fleet.Rules.Tests.Views;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests;

public sealed class RedactionTests
{
    private const string Secret = "hunter2";

    private static readonly Brief Telling = Brief(Secret) with
    {
        Text = Secret,
        Directory = Secret,
        Command = ["sh", Secret],
        Labels = [Secret],
    };

    [Fact]
    public void A_brief_keeps_its_form_and_loses_its_words()
    {
        var left = Redacted(new Event.TaskAdded(new TaskId(1), Story.Shop, Telling, "q1")).Brief;

        Assert.DoesNotContain(Secret, $"{left} {string.Join(' ', [.. left.Command, .. left.Labels])}");
        Assert.Equal((2, 1), (left.Command.Length, left.Labels.Length));
        Assert.Equal((Telling.Coder, Telling.Priority), (left.Coder, left.Priority));
    }

    [Fact]
    public void Of_settings_nothing_is_left_but_their_hash()
    {
        var home = new HomeSettings(Agents: [new AgentSettings("a", Prompt: Secret)]);
        var repository = new RepositorySettings(Gates: [new GateSettings("tests", Secret)]);
        var (at, hash) = (new Commit("c0ffee"), "hash");

        Assert.Equal(
            (new HomeSettings().ToString(), hash, Redaction.Mark),
            Parts(Redacted(new Event.HomeSettingsChanged(home, hash, Secret)))
        );
        var left = Redacted(new Event.RepositorySettingsChanged(Story.Shop, at, repository, hash, null));
        Assert.Equal((new RepositorySettings().ToString(), hash), ($"{left.Settings}", left.Hash));
    }

    [Fact]
    public void Redacting_twice_leaves_the_same_as_once()
    {
        foreach (var sample in Samples.All)
        {
            var once = Redaction.Of(sample);
            Assert.Equal(sample.GetType(), once.GetType());
            Assert.Equal(EventWords.Of(once), EventWords.Of(Redaction.Of(once)));
        }
    }

    [Fact]
    public void Only_a_person_may_redact()
    {
        var story = Ended().Asks(new Request.Redact(Added(), "a secret"), Actor.Agent(Run(1)));

        Assert.Equal((Answer.Refused, 0), (story.Answer!.Code, story.News.Length));
    }

    [Fact]
    public void The_act_is_recorded_with_its_reason()
    {
        var story = Ended().Asks(new Request.Redact(Added(), "a secret"));

        Assert.Equal(new Event.BodyRedacted(Added(), "a secret"), story.Single<Event.BodyRedacted>());
    }

    [Fact]
    public void What_an_open_task_works_by_stays_until_another_brief_took_its_place()
    {
        var story = Story.With().Asks(new Request.Pause(PauseKind.StartNothing)).Adds(Telling);
        var added = story.State.Seq;

        Assert.Equal("fleet edit 1", Refused(story, added));
        story.Asks(new Request.EditTask(new TaskId(1), new BriefChange(Title: "fine")));
        Assert.Equal("fleet edit 1", Refused(story, story.State.Seq));
        Assert.Equal(Answer.Done, story.Asks(new Request.Redact(added, "a secret")).Answer!.Code);
    }

    [Fact]
    public void Settings_that_are_in_force_stay_and_older_ones_may_go()
    {
        var story = Story.With();
        var (home, repository) = (story.State.HomeSeq, story.State.Repositories[Story.Shop].SettingsSeq);

        Assert.Equal("fleet config set", Refused(story, home));
        Assert.Equal("fleet config show --origin", Refused(story, repository));
        story.Reads(new Commit("trunk-1"), [Story.Lint]);
        story.Sees(new Observation.HomeSettingsSeen(new HomeSettings(MaxConcurrent: 1), "another", "config.yaml"));
        Assert.Equal(Answer.Done, story.Asks(new Request.Redact(home, "a secret")).Answer!.Code);
        Assert.Equal(Answer.Done, story.Asks(new Request.Redact(repository, "a secret")).Answer!.Code);
    }

    [Fact]
    public void Where_a_repository_is_stays_until_it_is_forgotten()
    {
        var story = Story.With();
        var added = story.State.Repositories[Story.Shop].AddedSeq;

        Assert.Equal("fleet forget shop", Refused(story, added));
        story.Asks(new Request.ForgetRepository(Story.Shop));
        Assert.Equal(Answer.Done, story.Asks(new Request.Redact(added, "a secret")).Answer!.Code);
    }

    [Fact]
    public void Where_a_worktree_is_stays_until_it_is_gone()
    {
        var story = Story.With().Adds("a").Spawns(Run(1));
        var prepared = story.State.Worktrees[Run(1)].Seq;

        Assert.Equal("fleet task 1", Refused(story, prepared));
        story.Exits(Run(1)).Saves(Run(1), Work(Run(1))).Sees(new Observation.WorktreeGone(Run(1)));
        Assert.Equal(Answer.Done, story.Asks(new Request.Redact(prepared, "a secret")).Answer!.Code);
    }

    [Fact]
    public void What_did_not_happen_cannot_be_redacted() =>
        Assert.Equal(Answer.NotFound, Story.With().Asks(new Request.Redact(99, "a secret")).Answer!.Code);

    /// <summary>One task, added and given up.</summary>
    private static Story Ended() =>
        Story
            .With()
            .Asks(new Request.Pause(PauseKind.StartNothing))
            .Adds(Telling)
            .Asks(new Request.AbandonTask(new TaskId(1), "no"));

    private static long Added() => Ended().State.Seq - 2;

    private static string? Refused(Story story, long seq)
    {
        story.Asks(new Request.Redact(seq, "a secret"));
        Assert.Equal((Answer.Refused, 0), (story.Answer!.Code, story.News.Length));
        return story.Answer.Hint;
    }

    private static (string, string, string) Parts(Event.HomeSettingsChanged e) => ($"{e.Settings}", e.Hash, e.Origin);

    private static T Redacted<T>(T e)
        where T : Event => Assert.IsType<T>(Redaction.Of(e));
}
