using Fleet.Rules;

namespace Fleet.Tests.Cli;

/// <summary>Where no daemon runs, what is said is in the record and waits.</summary>
public sealed class SayTests : IDisposable
{
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task Words_for_a_coder_are_recorded_with_who_said_them()
    {
        await ada.Fleet("add", "Sell shoes", "--coder", "claude");

        var said = await ada.Fleet("say", "1", "mind the tests");
        var events = await ada.Fleet("task", "1", "events");

        Assert.Equal((Answer.Done, "task 1 hears it with its next run\n"), (said.Code, said.Out));
        Assert.Contains("human:ada", events.Out, StringComparison.Ordinal);
        Assert.Contains("told: mind the tests", events.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_is_not_spoken_to_and_the_answer_says_why()
    {
        await ada.Add("Sort imports");

        var said = await ada.Fleet("say", "1", "hurry");

        Assert.Equal(Answer.Refused, said.Code);
        Assert.Contains("hears nobody", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_is_not_there_hears_nothing() =>
        Assert.Equal(Answer.NotFound, (await ada.Fleet("say", "7", "hurry")).Code);
}
