using Fleet.Git;

namespace Fleet.Tests.Git;

public sealed class GitCommandTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task What_git_prints_comes_back_as_text()
    {
        var shop = scratch.Repository();
        var head = await GitCommand.Person(shop.Path).Run("rev-parse", "HEAD");
        Assert.Equal(shop.Head, head.Must("read HEAD"));
    }

    [Fact]
    public async Task An_exit_code_other_than_zero_carries_what_git_said()
    {
        var shop = scratch.Repository();
        var outcome = await GitCommand.Person(shop.Path).Run("rev-parse", "--verify", "--end-of-options", "nowhere");
        var failed = Assert.IsType<GitOutcome.Failed>(outcome);
        Assert.Equal(128, failed.Code);
        Assert.Contains("Needed a single revision", failed.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_killed()
    {
        var shop = scratch.Repository();
        shop.Git("config", "alias.wait", "!sleep 60");
        var outcome = await GitCommand.Person(shop.Path).WithTimeout(TimeSpan.FromMilliseconds(100)).Run("wait");
        Assert.IsType<GitOutcome.TimedOut>(outcome);
    }

    [Fact]
    public async Task A_command_that_prints_too_much_is_killed()
    {
        var shop = scratch.Repository();
        var outcome = await GitCommand.Person(shop.Path).WithOutputLimit(10).Run("rev-parse", "HEAD");
        Assert.IsType<GitOutcome.TooMuchOutput>(outcome);
    }

    [Fact]
    public async Task A_persons_hooks_and_fsmonitor_do_not_run()
    {
        var shop = scratch.Repository();
        shop.Plant(".git/hooks/post-index-change", scratch.At("marker"));
        shop.Plant("watch", scratch.At("marker"));
        shop.Git("config", "core.fsmonitor", shop.At("watch"));
        File.Delete(scratch.At("marker"));
        (await GitCommand.Person(shop.Path).Run("status", "--porcelain")).Must("status");
        Assert.False(File.Exists(scratch.At("marker")));
    }
}
