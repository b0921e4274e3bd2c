using Fleet.Daemon;
using Fleet.Processes;

namespace Fleet.Tests.Cli;

public sealed class ExitCodeTests : IDisposable
{
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(0, "help")]
    [InlineData(0, "--help")]
    [InlineData(0, "add", "--help")]
    [InlineData(0, "help", "exit-codes")]
    [InlineData(0, "help", "states")]
    [InlineData(0, "help", "config")]
    [InlineData(0, "help", "settings")]
    [InlineData(0, "help", "env")]
    [InlineData(0, "version", "--licenses")]
    [InlineData(0, "tasks")]
    [InlineData(0, "audit", "log")]
    [InlineData(0, "audit", "verify")]
    [InlineData(0, "down")]
    [InlineData(0, "gc", "--plan")]
    [InlineData(2, "tsks")]
    [InlineData(2, "help", "statez")]
    [InlineData(2, "tasks", "--al")]
    [InlineData(2, "tasks", "--limit", "0")]
    [InlineData(2, "task", "twelve")]
    [InlineData(2, "task", "1", "everything")]
    [InlineData(2, "stop")]
    [InlineData(2, "wait", "1", "--for", "lunch")]
    [InlineData(2, "wait", "1", "--for", "landed", "--timeout", "soon")]
    [InlineData(2, "config", "set", "max_concurent=3")]
    [InlineData(2, "reject", "1")]
    [InlineData(3, "task", "99")]
    [InlineData(3, "approve", "99")]
    [InlineData(3, "wait", "99", "--for", "landed")]
    [InlineData(3, "forget", "nothing")]
    public async Task A_command_ends_with_its_code(int code, params string[] args)
    {
        var said = await ada.Fleet(args);

        Assert.True(code == said.Code, $"{said.Code}: {said.Out}{said.Error}");
        Assert.True(code == 0 || said.Error.Contains("  try:  ", StringComparison.Ordinal), said.Error);
    }

    [Fact]
    public async Task A_mistyped_command_is_recognised_but_not_run()
    {
        var said = await ada.Fleet("taks");

        Assert.Contains("did you mean \"task\"?", said.Error, StringComparison.Ordinal);
        Assert.Equal("", said.Out);
    }

    [Theory]
    [InlineData("0s", 8)]
    [InlineData("10ms", 12)]
    public async Task What_is_still_pending_is_told_apart_from_a_wait_that_was_too_short(string timeout, int code)
    {
        await ada.Add("Never starts without a daemon");

        var said = await ada.Fleet("wait", "1", "--for", "landed", "--timeout", timeout);

        Assert.Equal(code, said.Code);
    }

    [Fact]
    public async Task A_mistyped_option_is_recognised()
    {
        var said = await ada.Fleet("tasks", "--wacth");

        Assert.Contains("did you mean \"--watch\"?", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_as_json_has_its_parts()
    {
        var said = await ada.Fleet("task", "99", "--json");

        Assert.Equal("", said.Out);
        Assert.Equal(
            """{"error":{"code":3,"what":"there is no task 99","next":"fleet tasks --all"}}""",
            said.Error.TrimEnd()
        );
    }

    [Fact]
    public async Task A_person_who_cannot_be_asked_is_needed()
    {
        ada.Shop.Write(".fleet/fleet.yaml", "version: 1\ngates:\n  - { name: tests, run: ./test.sh }\n");
        ada.Shop.Commit("Gates");
        ada.AtScreen = true;

        var said = await ada.Fleet("trust", "--no-input");

        Assert.Equal(11, said.Code);
        Assert.Contains("./test.sh", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_may_not_decide_what_only_a_person_may()
    {
        await ada.Add("Mine");
        ada.Set("FLEET_RUN_ID", "1.1");

        Assert.Equal(7, (await ada.Fleet("approve", "1")).Code);
        Assert.Equal(7, (await ada.Fleet("resume")).Code);
        Assert.Equal(7, (await ada.Fleet("config", "set", "max_concurrent=9")).Code);
    }

    [Fact]
    public async Task A_lock_that_another_process_keeps_is_named_with_its_holder()
    {
        await ada.Add("First");
        using var held = await WriterLock.Take(ada.Home, TimeSpan.FromSeconds(5), TimeProvider.System, default);
        Assert.NotNull(held);
        await using var control = new LocalControl(ada.Home, TimeProvider.System, TimeSpan.FromMilliseconds(50));

        var refused = await Assert.ThrowsAsync<UserErrorException>(() =>
            control.Ask(new ControlRequest("r", "human:ada", new Rules.Request.Resume()), default)
        );

        Assert.Contains($"process {Environment.ProcessId} ", refused.Error.Why, StringComparison.Ordinal);
        Assert.Equal(
            "1",
            (await ada.Fleet("tasks", "--json")).Json.GetProperty("items")[0].GetProperty("id").GetString()
        );
    }

    [Fact]
    public async Task A_home_that_cannot_be_made_is_a_clear_error()
    {
        File.WriteAllText(ada.At("file"), "");
        using var eve = new CliUser { Home = new FleetHome(Path.Combine(ada.At("file"), "home")) };

        var said = await eve.Fleet("add", "Nowhere to go", "--", "./x");

        Assert.Equal(1, said.Code);
        Assert.Contains("the home of this fleet cannot be written", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_everything_forbids_starts_until_resume()
    {
        await ada.Add("Waiting");

        Assert.Equal(0, (await ada.Fleet("stop", "--all")).Code);
        Assert.True(Halt.IsPlaced(ada.Home.Root));
        Assert.Equal(0, (await ada.Fleet("resume")).Code);
        Assert.False(Halt.IsPlaced(ada.Home.Root));
    }
}
