using Fleet.Git;

namespace Fleet.Tests.Git;

public sealed class RepositoryProbeTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private static async Task<Repository> Usable(string path, string? trunk = null) =>
        await RepositoryProbe.Look(path, trunk) switch
        {
            ProbeOutcome.Usable usable => usable.Repository,
            var other => throw new InvalidOperationException(other.ToString()),
        };

    private static async Task<T> Refused<T>(string path, string? trunk = null)
        where T : ProbeOutcome.Refused
    {
        var refused = Assert.IsType<T>(await RepositoryProbe.Look(path, trunk));
        Assert.NotEmpty(refused.NextStep);
        return refused;
    }

    [Fact]
    public async Task A_plain_repository_is_told_whole()
    {
        var shop = scratch.Repository();
        shop.Write("tools/x", "1");
        shop.Commit("More");
        var found = await Usable(shop.At("tools"));
        Assert.Equal(
            (shop.Path, "tools/", "main", shop.Head),
            (found.Root, found.Prefix, found.Trunk, found.TrunkCommit.Sha)
        );
        Assert.Equal((shop.At(".git"), null, "sha1"), (found.GitDirectory, found.Remote, found.ObjectFormat));
        Assert.Equal(new Identity("Ada Lovelace", "ada@example.org"), found.Author);
    }

    [Fact]
    public async Task A_folder_without_a_repository_is_refused() =>
        await Refused<ProbeOutcome.NotARepository>(scratch.Root);

    [Fact]
    public async Task A_folder_that_is_not_there_is_refused() =>
        await Refused<ProbeOutcome.NotARepository>(scratch.At("nowhere"));

    [Fact]
    public async Task A_repository_without_a_commit_is_refused()
    {
        var empty = new ScratchRepository(Directory.CreateDirectory(scratch.At("empty")).FullName);
        empty.Git("init", "-q");
        await Refused<ProbeOutcome.NoCommitYet>(empty.Path);
    }

    [Fact]
    public async Task A_bare_repository_is_refused()
    {
        var shop = scratch.Repository();
        shop.Git("clone", "-q", "--bare", ".", scratch.At("bare.git"));
        await Refused<ProbeOutcome.Bare>(scratch.At("bare.git"));
    }

    [Fact]
    public async Task A_shallow_clone_is_refused()
    {
        var shop = scratch.Repository();
        shop.Commit("More");
        shop.Git("clone", "-q", "--depth=1", $"file://{shop.Path}", scratch.At("shallow"));
        var refused = await Refused<ProbeOutcome.NotSupported>(scratch.At("shallow"));
        Assert.Contains("--unshallow", refused.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partial_clone_is_refused()
    {
        var shop = scratch.Repository();
        shop.Git("config", "uploadpack.allowFilter", "true");
        shop.Git("clone", "-q", "--filter=blob:none", $"file://{shop.Path}", scratch.At("partial"));
        await Refused<ProbeOutcome.NotSupported>(scratch.At("partial"));
    }

    [Theory]
    [InlineData(".gitmodules", "[submodule \"a\"]\n\tpath = a\n\turl = b\n")]
    [InlineData(".gitattributes", "*.png filter=lfs diff=lfs merge=lfs -text\n")]
    [InlineData("deep/er/.gitattributes", "* filter=git-crypt\n")]
    public async Task Files_that_a_worktree_would_not_have_are_a_reason_to_refuse(string file, string text)
    {
        var shop = scratch.Repository();
        shop.Write(file, text);
        shop.Commit("More");
        await Refused<ProbeOutcome.NotSupported>(shop.Path);
    }

    [Fact]
    public async Task A_format_that_this_git_does_not_know_is_refused()
    {
        var shop = scratch.Repository();
        shop.Git("config", "core.repositoryformatversion", "1");
        shop.Git("config", "extensions.fromTheFuture", "true");
        await Refused<ProbeOutcome.NotSupported>(shop.Path);
    }

    [Fact]
    public async Task The_trunk_that_was_named_wins_and_must_be_there()
    {
        var shop = scratch.Repository();
        shop.Git("branch", "release");
        Assert.Equal("release", (await Usable(shop.Path, "release")).Trunk);
        await Refused<ProbeOutcome.NoTrunk>(shop.Path, "nowhere");
    }

    [Fact]
    public async Task The_remotes_main_branch_comes_before_the_current_one()
    {
        var (_, clone) = scratch.Cloned(scratch.Repository());
        clone.Git("checkout", "-q", "-b", "feature");
        clone.Git("branch", "-D", "main");
        var found = await Usable(clone.Path);
        Assert.Equal(("main", "origin"), (found.Trunk, found.Remote?.Name));
    }

    [Theory]
    [InlineData("detached")]
    [InlineData("merge")]
    [InlineData("rebase")]
    [InlineData("linked")]
    public async Task A_repository_in_the_middle_of_something_is_fine(string state)
    {
        var shop = scratch.Repository();
        var place = shop.Put(state, scratch.At("linked"));
        var found = await Usable(place, state is "detached" or "linked" ? "main" : null);
        Assert.Equal("main", found.Trunk);
        Assert.Equal(place, found.Root);
    }
}
