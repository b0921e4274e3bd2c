using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Settings;

namespace Fleet.Tests.Git;

public sealed class WorktreeTests
{
    [Theory]
    [InlineData(WorktreeKind.Clone)]
    [InlineData(WorktreeKind.Linked)]
    public async Task A_worktree_stands_on_its_branch_at_its_base_and_commits_as_the_person(WorktreeKind kind)
    {
        using var home = await Home.Open();
        var tree = await home.Worktree(kind);
        Assert.Equal("fleet/12/fix-the-login", tree.Git("branch", "--show-current"));
        Assert.Equal(home.Trunk.Sha, tree.Head);
        Assert.Empty(tree.Git("status", "--porcelain"));
        Assert.Equal(home.Trunk.Sha, tree.Git("rev-parse", "origin/main"));
        tree.Write("new", "x");
        tree.Commit("Work");
        Assert.Equal("Ada Lovelace <ada@example.org>", tree.Git("log", "-1", "--format=%an <%ae>"));
        Assert.Empty(tree.Git("fsck", "--strict", "--no-dangling"));
    }

    [Fact]
    public async Task Preparing_twice_gives_the_same_worktree_and_keeps_what_is_in_it()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("new", "x");
        Assert.Equal(tree.Path, (await home.Worktree()).Path);
        Assert.Equal("x", tree.Read("new"));
    }

    [Fact]
    public async Task A_half_made_worktree_is_made_anew()
    {
        using var home = await Home.Open();
        Directory.CreateDirectory(Path.Combine(WorktreePlace.Aside(home.Place), ".git"));
        var tree = await home.Worktree();
        Assert.Equal("hello\n", tree.Read("README"));
        Assert.False(Directory.Exists(WorktreePlace.Aside(home.Place)));
    }

    [Fact]
    public async Task A_folder_that_Fleet_did_not_make_is_left_alone()
    {
        using var home = await Home.Open();
        Directory.CreateDirectory(home.Place);
        Assert.IsType<WorktreeOutcome.Occupied>(await home.Worktrees.Prepare(home.Request()));
        var removed = await home.Worktrees.Remove(home.Place);
        Assert.IsType<RemovalOutcome.NotOurs>(removed);
    }

    [Fact]
    public async Task A_deposed_daemon_makes_no_worktree()
    {
        using var home = await Home.Open();
        await EpochRef.Take(home.Hub, new Epoch(2), "successor");
        Assert.IsType<WorktreeOutcome.StaleEpoch>(await home.Worktrees.Prepare(home.Request()));
        Assert.False(Directory.Exists(home.Place));
    }

    [Fact]
    public async Task The_base_stays_pinned_when_trunk_is_rewritten()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        home.Shop.Git("commit", "-q", "--amend", "-m", "Rewritten");
        await TrunkSync.Run(home.Hub, home.Claim, home.Repository);
        await home.Hub.Git.Run("reflog", "expire", "--expire=now", "--all");
        await home.Hub.Git.Run("prune", "--expire=now");
        Assert.Empty(tree.Git("fsck", "--strict", "--no-dangling"));
    }

    [Fact]
    public async Task A_worktree_goes_only_when_its_work_is_in_the_hub()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("new", "x");
        var commit = new Commit(tree.Commit("Work"));
        var refused = await home.Worktrees.Remove(tree.Path, commit);
        Assert.Equal(new RemovalOutcome.NotPinned(commit), refused);
        Assert.True(File.Exists(tree.At("new")));
        await home.Saved();
        Assert.IsType<RemovalOutcome.Gone>(await home.Worktrees.Remove(tree.Path, commit));
        Assert.IsType<RemovalOutcome.Gone>(await home.Worktrees.Remove(tree.Path, commit));
    }

    [Fact]
    public async Task Carried_files_are_there_and_never_in_what_is_saved()
    {
        using var home = await Home.Open();
        home.Shop.Write(".env", "KEY=secret\n");
        home.Shop.Write("config/local secrets", "more\n");
        var tree = await home.Worktree(WorktreeKind.Clone, ".env", "config/local secrets", "missing");
        Assert.Equal("KEY=secret\n", tree.Read(".env"));
        Assert.Empty(tree.Git("status", "--porcelain"));
        tree.Write("work", "1\n");
        tree.Write(".gitignore", "!.env\n");
        tree.Git("add", "-f", ".env");
        var work = await home.Saved();
        Assert.Equal(["100644 .gitignore", "100644 README", "100644 work"], await home.Files(work.Kept));
    }

    [Fact]
    public async Task A_carried_file_that_a_coder_committed_does_not_reach_the_hub()
    {
        using var home = await Home.Open();
        home.Shop.Write(".env", "KEY=secret\n");
        var tree = await home.Worktree(WorktreeKind.Clone, ".env");
        tree.Write("work", "1\n");
        tree.Git("add", "-f", ".env", "work");
        tree.Git("commit", "-q", "-m", "Oops");
        tree.Git("rm", "-q", "--cached", ".env");
        tree.Git("commit", "-q", "-m", "Hide it");
        var work = await home.Saved();
        Assert.Equal(["100644 README", "100644 work"], await home.Files(work.Kept));
        Assert.False((await home.Hub.Git.Run("cat-file", "-e", tree.Git("hash-object", ".env"))).Succeeded);
    }

    [Fact]
    public async Task Another_branch_is_kept_without_the_carried_file_that_was_committed_on_it()
    {
        using var home = await Home.Open();
        home.Shop.Write(".env", "KEY=secret\n");
        var tree = await home.Worktree(WorktreeKind.Clone, ".env");
        tree.Git("checkout", "-q", "-b", "idea");
        tree.Write("aside", "1\n");
        tree.Git("add", "-f", ".env", "aside");
        tree.Git("commit", "-q", "-m", "Idea");
        tree.Git("checkout", "-q", "-f", "-");
        var work = await home.Saved();
        var names = (await home.Hub.Git.Run("log", "--format=", "--name-only", "-m", work.Kept.Sha)).Text;
        Assert.Contains("aside", names, StringComparison.Ordinal);
        Assert.DoesNotContain(".env", names, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData(".git/config")]
    public async Task A_carried_path_outside_the_repository_is_refused(string path)
    {
        using var home = await Home.Open();
        var outcome = await home.Worktrees.Prepare(home.Request() with { Carry = [path] });
        Assert.Contains(path, Assert.IsType<WorktreeOutcome.Failed>(outcome).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_linked_worktrees_at_once_are_all_whole()
    {
        using var home = await Home.Open();
        var all = Enumerable
            .Range(1, 12)
            .Select(n =>
                home.Worktrees.Prepare(home.Request($"{n}", WorktreeKind.Linked, new RunId(new TaskId(n), 1)))
            );
        foreach (var outcome in await Task.WhenAll(all))
        {
            var tree = new ScratchRepository(Assert.IsType<WorktreeOutcome.Ready>(outcome).Worktree.Path);
            Assert.Empty(tree.Git("status", "--porcelain"));
        }
    }

    [Fact]
    public async Task A_second_run_of_a_task_gets_a_linked_worktree_next_to_the_first()
    {
        using var home = await Home.Open();
        await home.Worktree(WorktreeKind.Linked);
        var second = home.Request("12b", WorktreeKind.Linked, new RunId(new TaskId(12), 2));
        var ready = Assert.IsType<WorktreeOutcome.Ready>(await home.Worktrees.Prepare(second));
        Assert.Equal("fleet/12/fix-the-login-2", ready.Worktree.Branch);
    }

    [Fact]
    public async Task Paths_with_strange_characters_are_just_paths()
    {
        using var home = await Home.Open();
        var request = home.Request("a \"b\": c\n#d 'e' $(f)");
        var ready = Assert.IsType<WorktreeOutcome.Ready>(await home.Worktrees.Prepare(request));
        var tree = new ScratchRepository(ready.Worktree.Path);
        tree.Write("new", "x\n");
        var commit = tree.Commit("Work");
        tree.Write("newer", "y\n");
        var work = await home.Saved(tree.Path);
        Assert.Equal(commit, work.Head.Sha);
        Assert.Equal("y", await home.Content(work.Kept, "newer"));
    }

    [Fact]
    public async Task A_repository_with_long_hashes_works_like_any_other()
    {
        using var home = await Home.Open(format: "sha256");
        var tree = await home.Worktree();
        tree.Write("new", "x\n");
        var commit = tree.Commit("Work");
        tree.Write("newer", "y\n");
        var work = await home.Saved();
        Assert.Equal(64, commit.Length);
        Assert.Equal(commit, work.Head.Sha);
        Assert.Equal("y", await home.Content(work.Kept, "newer"));
    }
}
