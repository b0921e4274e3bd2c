using Fleet.Rules.Attention;
using Fleet.Rules.Runs;
using Fleet.Rules.Views;
using static Fleet.Rules.Tests.Steps;

namespace Fleet.Rules.Tests.Runs;

/// <summary>A run that does the same again and again is stopped, told so once, and then set aside.</summary>
public sealed class LoopWatchTests
{
    private readonly LoopWatch watch = new();
    private int calls;

    [Fact]
    public void The_same_call_that_fails_five_times_in_a_row_is_a_loop()
    {
        Call("false", times: LoopWatch.MostFailures - 1, failed: true);
        Assert.Null(watch.Why);
        Call("false", times: 1, failed: true);
        Assert.Contains("the same call of Bash failed 5 times in a row", watch.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_call_or_a_success_between_begins_anew()
    {
        for (var i = 0; i < 20; i++)
        {
            Call("./test.sh", times: LoopWatch.MostFailures - 1, failed: true, output: $"{i}");
            Call(i % 2 == 0 ? "ls" : "./test.sh", times: 1, failed: false, output: $"{i}");
        }

        Assert.Null(watch.Why);
    }

    [Fact]
    public void Results_that_were_all_seen_before_are_a_loop_though_nothing_fails()
    {
        for (var i = 0; i < LoopWatch.MostWithoutNews / 2; i++)
        {
            Call("cat a", times: 1, failed: false);
            Call("cat b", times: 1, failed: false);
        }

        Assert.Null(watch.Why);
        Call("cat a", times: 2, failed: false);
        Assert.Contains("brought nothing new", watch.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_call_with_news_each_time_is_none()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Call("tail log", times: 1, failed: false, output: $"line {i}");
        }

        Assert.Null(watch.Why);
    }

    [Fact]
    public void A_loop_is_sent_back_once_with_a_note_and_then_waits_for_a_person()
    {
        var story = Story.With().Adds("a", coder: "claude");
        Loops(story, Run(1));
        Assert.Equal(["run.work_saved", "run.failed", "run.started"], story.News);
        Assert.Contains("Do not repeat it", story.Task(1).LastSetback, StringComparison.Ordinal);
        Assert.Equal(0, story.Task(1).CrashesInARow);

        Loops(story, Run(1, 2));
        Assert.Equal(["run.work_saved", "run.failed", "task.parked"], story.News);
        Assert.Equal((TaskState.Waiting, WaitingFor.Person), (story.Status(1).State, story.Status(1).For));
        Assert.StartsWith("set aside: looping", story.Status(1).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_who_asks_for_another_attempt_gives_it_another_chance()
    {
        var story = Story.With().Adds("a", coder: "claude");
        Loops(story, Run(1));
        Loops(story, Run(1, 2));
        story.Asks(new Request.RetryTask(new TaskId(1)));
        Loops(story, Run(1, 3));
        Assert.Equal(["run.work_saved", "run.failed", "run.started"], story.News);
    }

    private static void Loops(Story story, RunId run)
    {
        story.Spawns(run).Sees(new Observation.RunPassedLimit(run, StopReason.Looping, "looping: the same call"));
        story.Exits(run).Saves(run, Work(run));
    }

    private void Call(string command, int times, bool failed, string output = "")
    {
        for (var i = 0; i < times; i++)
        {
            var id = $"call-{calls++}";
            watch.Started(id, "Bash", command);
            watch.Finished(id, failed, output);
        }
    }
}
