using Fleet.Git.Landing;
using Fleet.Rules;

namespace Fleet.Tests.Git.Landing;

public sealed class GateCheckoutTests : IDisposable
{
    private readonly LandingGround ground = new();

    public void Dispose() => ground.Dispose();

    [Fact]
    public async Task It_holds_exactly_the_tree_and_looks_like_a_clean_repository()
    {
        var (built, path) = await Prepare(coder =>
        {
            coder.Plant("test.sh", "/nowhere");
            coder.Write("deep/er/file", "x\n");
            File.CreateSymbolicLink(coder.At("link"), "/etc/hostname");
        });
        Assert.True(await GateCheckout.Verify(ground.Hub, built.Tree, path));
        var gate = new ScratchRepository(path);
        Assert.Equal("", gate.Git("status", "--porcelain", "--ignored"));
        Assert.Equal(built.Commit.Sha, gate.Head);
        Assert.Equal("/etc/hostname", new FileInfo(gate.At("link")).LinkTarget);
        Assert.True(File.GetUnixFileMode(gate.At("test.sh")).HasFlag(UnixFileMode.UserExecute));
    }

    [Theory]
    [InlineData("README", "changed\n")]
    [InlineData("new.log", "an ignored file\n")]
    public async Task A_single_changed_or_added_file_is_noticed(string file, string text)
    {
        var (built, path) = await Prepare(coder => coder.Write(".gitignore", "*.log\n"));
        File.WriteAllText(Path.Combine(path, file), text);
        Assert.False(await GateCheckout.Verify(ground.Hub, built.Tree, path));
    }

    [Fact]
    public async Task Built_in_line_ends_are_converted_and_no_configured_filter_runs()
    {
        var (_, path) = await Prepare(coder =>
        {
            coder.Write(".gitattributes", "*.bat text eol=crlf\n*.txt filter=evil\n");
            coder.Write("a.bat", "dir\n");
            coder.Write("a.txt", "plain\n");
        });
        Assert.Equal("dir\r\n", await File.ReadAllTextAsync(Path.Combine(path, "a.bat")));
        Assert.Equal("plain\n", await File.ReadAllTextAsync(Path.Combine(path, "a.txt")));
    }

    [Fact]
    public async Task Preparing_again_starts_afresh()
    {
        var (built, path) = await Prepare(coder => coder.Write("a", "1\n"));
        await File.WriteAllTextAsync(Path.Combine(path, "left-over"), "x");
        await GateCheckout.Prepare(ground.Hub, built.Commit, built.Tree, path);
        Assert.True(await GateCheckout.Verify(ground.Hub, built.Tree, path));
    }

    [Fact]
    public async Task A_directory_that_fleet_did_not_make_is_never_deleted()
    {
        var proposal = ground.Propose("a", "1\n");
        var built = Assert.IsType<CandidateOutcome.Built>(await ground.Build(proposal));
        var mine = Directory.CreateDirectory(ground.At("mine")).FullName;
        await File.WriteAllTextAsync(Path.Combine(mine, "diary"), "dear");
        var outcome = await GateCheckout.Prepare(ground.Hub, built.Commit, built.Tree, mine);
        Assert.IsType<GateCheckoutOutcome.Failed>(outcome);
        Assert.Equal("dear", await File.ReadAllTextAsync(Path.Combine(mine, "diary")));
    }

    [Fact]
    public async Task Removing_deletes_links_but_not_what_they_point_to()
    {
        var (_, path) = await Prepare(coder => coder.Write("a", "1\n"));
        Directory.CreateSymbolicLink(Path.Combine(path, "out"), ground.Shop.Path);
        Assert.Null(GateCheckout.Remove(path));
        Assert.False(Directory.Exists(path));
        Assert.Equal("hello\n", ground.Shop.Read("README"));
    }

    private async Task<(CandidateOutcome.Built Built, string Path)> Prepare(Action<ScratchRepository> edit)
    {
        var built = Assert.IsType<CandidateOutcome.Built>(await ground.Build(ground.Propose(edit)));
        var outcome = await GateCheckout.Prepare(ground.Hub, built.Commit, built.Tree, ground.At("gate"));
        return (built, Assert.IsType<GateCheckoutOutcome.Ready>(outcome).Path);
    }
}
