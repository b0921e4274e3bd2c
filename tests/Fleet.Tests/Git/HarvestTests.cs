using Fleet.Git;
using Fleet.Rules;

namespace Fleet.Tests.Git;

public sealed class HarvestTests
{
    [Fact]
    public async Task A_clean_tree_without_a_commit_is_no_proposal()
    {
        using var home = await Home.Open();
        await home.Worktree();
        var work = await home.Saved();
        Assert.Null(work.Proposal);
        Assert.Equal(home.Trunk, work.Kept);
    }

    [Fact]
    public async Task A_commit_is_brought_into_the_hub_and_pinned()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("new", "work\n");
        var commit = tree.Commit("Work");
        var work = await home.Saved();
        Assert.Equal(commit, work.Proposal?.Sha);
        Assert.False(work.Dirty);
        Assert.Equal(["new"], work.ChangedPaths);
        Assert.Equal(commit, await home.Hub.Read("refs/fleet/kept/12/1"));
    }

    [Fact]
    public async Task A_dirty_tree_becomes_a_commit_of_the_person_on_top_of_the_head()
    {
        using var home = await Home.Open(shop =>
        {
            shop.Write("gone", "x");
            shop.Write(".gitignore", "*.log\n");
            shop.Commit("More");
        });
        var tree = await home.Worktree();
        tree.Write("committed", "1\n");
        var head = tree.Commit("Work");
        tree.Write("README", "HELLO\n");
        tree.Write("a folder/new file\nwith a line end", "x");
        tree.Write("build.log", "ignored");
        File.Delete(tree.At("gone"));
        File.SetUnixFileMode(tree.At("committed"), (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(tree.At("link"), "/etc/passwd");
        var work = await home.Saved();
        Assert.Equal(head, work.Head.Sha);
        string[] expected =
        [
            "100644 .gitignore",
            "100644 README",
            "100644 \"a folder/new file\\nwith a line end\"",
            "100755 committed",
            "120000 link",
        ];
        Assert.Equal(expected, await home.Files(work.Kept));
        Assert.Equal("HELLO", await home.Content(work.Kept, "README"));
        Assert.Equal("/etc/passwd", await home.Content(work.Kept, "link"));
        var about = (await home.Hub.Git.Run("log", "-1", "--format=%P %an %ae %s", work.Kept.Sha)).Text;
        Assert.Equal($"{head} Ada Lovelace ada@example.org Fix the login", about);
    }

    [Fact]
    public async Task Asked_twice_it_gives_the_same_answer_even_at_another_time()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("new", "x");
        tree.Git("stash", "-u");
        tree.Write("newer", "y");
        var first = await home.Saved();
        var later = Home.Noon.AddHours(1);
        var request = new HarvestRequest(Home.Run, home.Place, "Fix the login", home.Repository.Author, later);
        var second = await Harvest.Save(home.Hub, home.Claim, request);
        Assert.Equal(first.Kept, Assert.IsType<HarvestOutcome.Saved>(second).Work.Kept);
        Assert.Equal(first.Snapshot, Assert.IsType<HarvestOutcome.Saved>(second).Work.Snapshot);
    }

    [Fact]
    public async Task After_the_worktree_is_gone_the_answer_is_still_the_same()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("new", "x");
        tree.Commit("Work");
        tree.Write("newer", "y");
        var before = await home.Saved();
        Assert.IsType<RemovalOutcome.Gone>(await home.Worktrees.Remove(tree.Path, before.Kept));
        var after = await home.Saved();
        Assert.Equal(
            (before.Head, before.HasNewCommits, before.Snapshot, before.Kept),
            (after.Head, after.HasNewCommits, after.Snapshot, after.Kept)
        );
        Assert.Equal(before.ChangedPaths, after.ChangedPaths);
    }

    [Fact]
    public async Task A_later_harvest_of_the_same_run_loses_nothing_of_the_earlier_one()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("draft", "first idea");
        var first = await home.Saved();
        tree.Write("draft", "second idea");
        var second = await home.Saved();
        Assert.Equal("second idea", await home.Content(second.Kept, "draft"));
        Assert.True((await home.Hub.Git.Run("merge-base", "--is-ancestor", first.Kept.Sha, second.Kept.Sha)).Succeeded);
    }

    [Theory]
    [InlineData("detach")]
    [InlineData("rename")]
    [InlineData("delete")]
    [InlineData("pack")]
    public async Task The_head_is_found_whatever_became_of_the_branch(string fate)
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("new", "x");
        var commit = tree.Commit("Work");
        switch (fate)
        {
            case "detach":
                tree.Git("checkout", "-q", "--detach");
                break;
            case "rename":
                tree.Git("branch", "-m", "mine");
                break;
            case "delete":
                tree.Git("checkout", "-q", "--detach");
                tree.Git("branch", "-D", "fleet/12/fix-the-login");
                break;
            default:
                tree.Git("gc", "-q");
                break;
        }

        Assert.Equal(commit, (await home.Saved()).Head.Sha);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("branch")]
    [InlineData("stash")]
    [InlineData("orphan")]
    public async Task Commits_that_the_head_does_not_reach_are_kept_too(string where)
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("aside", "x");
        switch (where)
        {
            case "reset":
                tree.Commit("Work");
                tree.Git("reset", "-q", "--hard", "HEAD~1");
                break;
            case "branch":
                tree.Git("checkout", "-q", "-b", "idea");
                tree.Commit("Work");
                tree.Git("checkout", "-q", "-");
                break;
            case "stash":
                tree.Git("add", "aside");
                tree.Git("stash", "-q");
                break;
            default:
                tree.Commit("Work");
                tree.Git("checkout", "-q", "--orphan", "nowhere");
                tree.Git("rm", "-rfq", ".");
                break;
        }

        Assert.False(File.Exists(tree.At("aside")));
        var work = await home.Saved();
        var all = (await home.Hub.Git.Run("log", "--all", "--format=", "--name-only", "-m", work.Kept.Sha)).Text;
        Assert.Contains("aside", all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".git/HEAD")]
    [InlineData(".git/index")]
    [InlineData(".git")]
    [InlineData(".git/objects")]
    [InlineData(".git/refs")]
    public async Task Files_are_saved_even_when_the_git_directory_is_broken(string broken)
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("committed", "1\n");
        tree.Commit("Work");
        tree.Write("loose", "2\n");
        if (Directory.Exists(tree.At(broken)))
        {
            Directory.Delete(tree.At(broken), recursive: true);
        }
        else
        {
            File.WriteAllText(tree.At(broken), "nonsense");
        }

        var work = await home.Saved();
        Assert.Equal("1", await home.Content(work.Kept, "committed"));
        Assert.Equal("2", await home.Content(work.Kept, "loose"));
    }

    [Fact]
    public async Task A_change_in_the_first_moment_that_keeps_the_length_is_seen()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        File.WriteAllText(tree.At("README"), "HELLO\n");
        Assert.True((await home.Saved()).Dirty);
    }

    [Fact]
    public async Task A_change_in_the_first_moment_is_seen_even_when_it_is_saved_much_later()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        var moment = File.GetLastWriteTimeUtc(tree.At("README"));
        File.WriteAllText(tree.At("README"), "HELLO\n");
        File.SetLastWriteTimeUtc(tree.At("README"), moment);
        tree.Write("new", "x");
        tree.Git("add", "new");
        tree.Git("commit", "-q", "-m", "Work");
        await Condition.Holds(() => DateTime.UtcNow - moment > TimeSpan.FromSeconds(1.2));
        Assert.True((await home.Saved()).Dirty);
    }

    [Fact]
    public async Task A_change_under_the_fleet_folder_is_told()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write(".fleet/fleet.yaml", "version: 1\n");
        Assert.True((await home.Saved()).TouchesFleetFolder);
    }

    [Fact]
    public async Task Many_large_commits_come_across_as_a_pack()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        var noise = new byte[20 * 1024 * 1024];
        new Random(1).NextBytes(noise);
        File.WriteAllBytes(tree.At("noise"), noise);
        var commit = tree.Commit("Noise");
        var work = await home.Saved();
        Assert.Equal(commit, work.Head.Sha);
        Assert.Null(work.Damage);
        Assert.Single(Directory.GetFiles(Path.Combine(home.Hub.Objects, "pack"), "*.pack"));
    }

    [Fact]
    public async Task A_deposed_daemon_pins_nothing()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("new", "x");
        await EpochRef.Take(home.Hub, new Epoch(2), "successor");
        Assert.IsType<HarvestOutcome.StaleEpoch>(await home.Save());
        Assert.Null(await home.Hub.Read("refs/fleet/kept/12/1"));
    }

    [Fact]
    public async Task A_run_that_never_had_a_worktree_is_unknown()
    {
        using var home = await Home.Open();
        Assert.IsType<HarvestOutcome.Unknown>(await home.Save(new RunId(new TaskId(99), 1)));
    }

    [Fact]
    public async Task Files_that_are_not_files_do_not_stand_in_the_way()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        File.Delete(tree.At("README"));
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [tree.At("README"), tree.At("pipe")]))
        {
            await pipe.WaitForExitAsync();
        }

        tree.Write("new", "x");
        var work = await home.Saved();
        Assert.Equal("x", await home.Content(work.Kept, "new"));
    }
}
