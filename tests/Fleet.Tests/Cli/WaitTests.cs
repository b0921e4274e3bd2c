using Fleet.Cli.Commands;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Settings;
using Fleet.Rules.Views;

namespace Fleet.Tests.Cli;

public sealed class WaitTests
{
    [Theory]
    [InlineData(TaskState.Landed, TaskState.Landed, null, "", 0)]
    [InlineData(TaskState.Landed, TaskState.Proven, null, "", 0)]
    [InlineData(TaskState.Working, TaskState.Landed, null, "", null)]
    [InlineData(TaskState.Ready, TaskState.Proposed, null, "", null)]
    [InlineData(TaskState.Waiting, TaskState.Landed, WaitingFor.Dependency, "needs 3", null)]
    [InlineData(TaskState.Waiting, TaskState.Landed, WaitingFor.Landing, "trunk is busy", null)]
    [InlineData(TaskState.Waiting, TaskState.Waiting, WaitingFor.Person, "failed", 0)]
    [InlineData(TaskState.Proven, TaskState.Landed, WaitingFor.Person, "fleet approve 12", null)]
    [InlineData(
        TaskState.Waiting,
        TaskState.Landed,
        WaitingFor.Person,
        "no gate on trunk can judge it: fleet approve 12",
        null
    )]
    [InlineData(TaskState.Waiting, TaskState.Landed, WaitingFor.Person, "failed: exit code 1", 11)]
    [InlineData(TaskState.Waiting, TaskState.Landed, WaitingFor.Person, "refused: tests: exit code 1", 9)]
    [InlineData(TaskState.Waiting, TaskState.Landed, WaitingFor.Budget, "its last run spent the $2.00", 7)]
    [InlineData(
        TaskState.Waiting,
        TaskState.Landed,
        WaitingFor.Budget,
        "all are taken; goes on by itself when runs end, or at 00:00 UTC",
        null
    )]
    [InlineData(TaskState.Abandoned, TaskState.Landed, null, "superseded", 1)]
    [InlineData(TaskState.Abandoned, TaskState.Abandoned, null, "superseded", 0)]
    [InlineData(TaskState.Landed, TaskState.Abandoned, null, "", 1)]
    public void A_wait_ends_when_the_state_is_there_or_cannot_come_by_itself(
        TaskState now,
        TaskState wanted,
        WaitingFor? waitingFor,
        string why,
        int? code
    ) => Assert.Equal(code, WaitVerb.Verdict(Story(now, waitingFor, why), wanted));

    [Fact]
    public async Task A_wait_ends_when_its_time_is_over()
    {
        using var ada = new CliUser();
        await ada.Add("Never starts");

        var said = await ada.Fleet("wait", "1", "--for", "landed", "--timeout", "50ms");

        Assert.Equal(12, said.Code);
        Assert.Contains("try:  fleet task 1 why", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_for_what_is_already_so_ends_at_once()
    {
        using var ada = new CliUser();
        await ada.Add("Ready");

        Assert.Equal(0, (await ada.Fleet("wait", "1", "--for", "ready")).Code);
    }

    private static TaskStory Story(TaskState state, WaitingFor? waitingFor, string why)
    {
        var row = new TaskRow(
            new TaskId(12),
            state,
            Source.Evidence,
            waitingFor,
            why,
            Agent: null,
            "command",
            Model: null,
            Priority: 2,
            Elapsed: null,
            Idle: null,
            Tokens: null,
            Cost: null,
            "Title",
            "shop",
            "",
            Runs: 0,
            Commit: null
        );
        return new TaskStory(
            row,
            "",
            [],
            [],
            [],
            false,
            default,
            "ada",
            "main",
            [],
            LandingMode.Approve,
            null,
            null,
            null
        );
    }
}
