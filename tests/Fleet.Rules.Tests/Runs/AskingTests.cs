using Fleet.Rules.Attention;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Runs;

/// <summary>A run that asks a person stays open, says so, and never waits for ever.</summary>
public sealed class AskingTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_run_that_asks_waits_for_a_person_and_its_answer_is_in_the_record()
    {
        var story = Working().Sees(Asks("r-1"));

        Assert.Equal((TaskState.Working, WaitingFor.Person), (story.Status(1).State, story.Status(1).For));
        Assert.Contains("git rebase", story.Status(1).Why, StringComparison.Ordinal);
        Assert.Equal(0, story.Asks(new Request.AnswerPermission(new TaskId(1), Allowed: true)).Answer?.Code);
        var answered = story.Single<Event.PermissionAnswered>();
        Assert.Equal((true, "allowed by dana", "r-1"), (answered.Allowed, answered.By, answered.Request));
        Assert.Null(story.Status(1).For);
    }

    [Fact]
    public void A_question_that_is_told_again_is_asked_once()
    {
        var story = Working().Sees(Asks("r-1"));
        Assert.Empty(story.Sees(Asks("r-1")).News);
        story.Asks(new Request.AnswerPermission(new TaskId(1), Allowed: false));
        Assert.Empty(story.Sees(Asks("r-1")).News);
    }

    [Fact]
    public void No_agent_answers_a_question()
    {
        var story = Working().Sees(Asks("r-1"));
        story.Asks(new Request.AnswerPermission(new TaskId(1), Allowed: true), Actor.Agent(Run(1)));
        Assert.Equal(Answer.Refused, story.Answer?.Code);
        Assert.Empty(story.News);
    }

    [Fact]
    public void An_answer_to_no_question_is_refused() =>
        Assert.Equal(
            Answer.Refused,
            Working().Asks(new Request.AnswerPermission(new TaskId(1), Allowed: true)).Answer?.Code
        );

    [Fact]
    public void What_nobody_answers_is_denied_in_time()
    {
        var story = Working().Sees(Asks("r-1"));
        Assert.Equal(story.Now + Hour, story.WakeAt);
        Assert.Empty(story.After(Hour - TimeSpan.FromSeconds(1)).News);

        var answered = story.After(TimeSpan.FromSeconds(1)).Single<Event.PermissionAnswered>();
        Assert.Equal((false, "nobody answered in time"), (answered.Allowed, answered.By));
    }

    [Fact]
    public void Time_spent_waiting_for_a_person_is_no_time_of_the_run()
    {
        var story = Working().Sees(Asks("r-1")).After(TimeSpan.FromMinutes(59));
        story.Asks(new Request.AnswerPermission(new TaskId(1), Allowed: true));

        Assert.Empty(story.After(TimeSpan.FromMinutes(59)).News);
        Assert.Equal(["run.stop_asked"], story.After(TimeSpan.FromMinutes(2)).News);
    }

    [Fact]
    public void Of_several_questions_the_oldest_is_answered_first()
    {
        var story = Working().Sees(Asks("r-1")).Sees(Asks("r-2"));
        story.Asks(new Request.AnswerPermission(new TaskId(1), Allowed: false));
        Assert.Equal("r-1", story.Single<Event.PermissionAnswered>().Request);
        Assert.Equal(WaitingFor.Person, story.Status(1).For);
        story.Asks(new Request.AnswerPermission(new TaskId(1), Allowed: true));
        Assert.Equal("r-2", story.Single<Event.PermissionAnswered>().Request);
    }

    private static Story Working() => Story.With().Adds("a", coder: "claude").Spawns(Run(1));

    private static Observation.PermissionAsked Asks(string request) =>
        new(Run(1), request, "Bash", "git rebase main", "the agent asks: shell: git rebase*", Hour);
}
