using Fleet.Git.Landing;
using Fleet.Rules;

namespace Fleet.Tests.Git.Landing;

public sealed class CheckedOutLandingTests : IDisposable
{
    private readonly LandingGround ground = new();

    public CheckedOutLandingTests()
    {
        Shop.Write(".gitignore", "*.log\n/build/\n");
        Shop.Write("a", "one\n");
        Shop.Write("b", "one\n");
        Shop.Commit("Base");
    }

    private ScratchRepository Shop => ground.Shop;

    public void Dispose() => ground.Dispose();

    [Fact]
    public async Task A_clean_checkout_follows_and_stays_clean()
    {
        var order = await ground.Order("a", "two\n");
        Assert.Equal(new LandingOutcome.Moved(order.To), await ground.Land(order));
        Assert.Equal("two\n", Shop.Read("a"));
        Assert.Equal("", Shop.Git("status", "--porcelain"));
        Assert.Contains("task 12 landed", Shop.Git("reflog", "-1", "HEAD"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_linked_worktree_on_trunk_follows_and_the_main_one_does_not()
    {
        Shop.Git("checkout", "-q", "-b", "elsewhere");
        Shop.Git("worktree", "add", "-q", ground.At("linked"), "main");
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(await ground.Order("a", "two\n")));
        var linked = new ScratchRepository(ground.At("linked"));
        Assert.Equal("two\n", linked.Read("a"));
        Assert.Equal("", linked.Git("status", "--porcelain"));
        Assert.Equal("one\n", Shop.Read("a"));
    }

    [Fact]
    public async Task Edits_elsewhere_staged_unstaged_and_untracked_are_kept()
    {
        var order = await ground.Order("a", "two\n");
        Shop.Write("b", "staged\n");
        Shop.Git("add", "b");
        Shop.Write("b", "staged, then edited\n");
        Shop.Write("new", "untracked\n");
        var before = Shop.Git("status", "--porcelain");
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(order));
        Assert.Equal(before, Shop.Git("status", "--porcelain"));
        Assert.Equal("staged, then edited\n", Shop.Read("b"));
        Assert.Equal("staged", Shop.Git("show", ":b"));
    }

    [Fact]
    public async Task An_edit_of_a_file_that_the_landing_changes_makes_it_wait() =>
        await WaitsUnchanged(() => Shop.Write("a", "mine\n"));

    [Fact]
    public async Task A_staged_edit_of_a_file_that_the_landing_changes_makes_it_wait() =>
        await WaitsUnchanged(() =>
        {
            Shop.Write("a", "mine\n");
            Shop.Git("add", "a");
        });

    [Theory]
    [InlineData("added/mine", false)]
    [InlineData("added/mine", true)]
    [InlineData("added", true)]
    public async Task A_staged_file_in_the_way_of_an_added_one_makes_it_wait(string file, bool intentOnly) =>
        await WaitsUnchanged(() =>
        {
            Shop.Write(file, "mine\n");
            Shop.Git(["add", .. intentOnly ? ["--intent-to-add"] : Array.Empty<string>(), "--", file]);
        });

    [Fact]
    public async Task A_staged_file_where_the_landing_needs_a_directory_makes_it_wait()
    {
        var order = await ground.Order("dir/new", "two\n");
        Shop.Write("dir", "mine\n");
        Shop.Git("add", "dir");
        var before = CheckoutPicture.Of(Shop);

        Assert.IsType<LandingOutcome.Busy>(await ground.Land(order));

        Assert.Equal(before, CheckoutPicture.Of(Shop));
    }

    [Fact]
    public async Task A_deleted_file_that_the_landing_changes_makes_it_wait() =>
        await WaitsUnchanged(() => File.Delete(Shop.At("a")));

    [Fact]
    public async Task An_untracked_file_in_the_way_makes_it_wait() =>
        await WaitsUnchanged(() => Shop.Write("added", "mine\n"));

    [Fact]
    public async Task An_ignored_file_in_the_way_makes_it_wait() =>
        await WaitsUnchanged(() => Shop.Write("my.log", "mine\n"));

    [Fact]
    public async Task An_ignored_directory_in_the_way_makes_it_wait() =>
        await WaitsUnchanged(() => Shop.Write("build/product", "mine\n"));

    [Theory]
    [InlineData("index.lock")]
    [InlineData("MERGE_HEAD")]
    [InlineData("CHERRY_PICK_HEAD")]
    [InlineData("REVERT_HEAD")]
    public async Task Something_in_progress_makes_it_wait(string file) =>
        await WaitsUnchanged(() => Shop.Write($".git/{file}", ""));

    [Fact]
    public async Task A_merge_with_conflicts_makes_it_wait()
    {
        Conflict();
        await WaitsUnchanged(() => Shop.Try("merge", "other"));
    }

    [Fact]
    public async Task A_rebase_of_trunk_makes_it_wait_though_head_is_detached()
    {
        Conflict();
        await WaitsUnchanged(() => Shop.Try("rebase", "other"));
        Assert.True(Directory.Exists(Shop.At(".git/rebase-merge")));
    }

    [Fact]
    public async Task A_bisect_of_trunk_makes_it_wait()
    {
        Shop.Commit("More");
        Shop.Commit("And more");
        await WaitsUnchanged(() => Shop.Git("bisect", "start", "HEAD", "HEAD~3"));
    }

    [Fact]
    public async Task A_rebase_of_another_branch_does_not_hold_a_landing_up()
    {
        Conflict();
        Shop.Git("checkout", "-q", "-b", "mine");
        var order = await ground.Order("fresh", "two\n");
        Shop.Try("rebase", "other");
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(order));
    }

    [Fact]
    public async Task A_file_that_was_only_touched_does_not_hold_a_landing_up()
    {
        var order = await ground.Order("a", "two\n");
        File.SetLastWriteTimeUtc(Shop.At("a"), DateTime.UnixEpoch.AddDays(1));
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(order));
        Assert.Equal("two\n", Shop.Read("a"));
    }

    [Fact]
    public async Task Where_two_checkouts_are_on_trunk_and_one_cannot_follow_neither_does()
    {
        Shop.Git("worktree", "add", "-q", "--force", ground.At("linked"), "main");
        var order = await ground.Order("a", "two\n");
        var linked = new ScratchRepository(ground.At("linked"));
        linked.Write("a", "mine\n");
        var busy = Assert.IsType<LandingOutcome.Busy>(await ground.Land(order));
        Assert.Equal(linked.Path, busy.Where);
        Assert.Equal("", Shop.Git("status", "--porcelain"));
        Assert.Equal("one\n", Shop.Read("a"));
    }

    [Fact]
    public async Task A_detached_checkout_stays_where_it_is()
    {
        Shop.Git("checkout", "-q", "--detach");
        var head = Shop.Head;
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(await ground.Order("a", "two\n")));
        Assert.Equal(head, Shop.Head);
        Assert.Equal("one\n", Shop.Read("a"));
    }

    [Fact]
    public async Task A_sparse_checkout_stays_sparse()
    {
        Shop.Write("deep/file", "one\n");
        Shop.Commit("Deep");
        Shop.Git("sparse-checkout", "set", "--no-cone", "/*", "!/deep/");
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(await ground.Order("deep/file", "two\n")));
        Assert.False(File.Exists(Shop.At("deep/file")));
        Assert.Equal("", Shop.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task No_hook_of_the_person_runs()
    {
        var order = await ground.Order("a", "two\n");
        foreach (var hook in (string[])["post-index-change", "reference-transaction", "post-checkout", "post-merge"])
        {
            Shop.Plant($".git/hooks/{hook}", ground.At("marker"));
        }

        Assert.IsType<LandingOutcome.Moved>(await ground.Land(order));
        Assert.False(File.Exists(ground.At("marker")));
    }

    [Fact]
    public async Task A_git_directory_apart_from_the_files_is_found()
    {
        Shop.Git("init", "-q", "--separate-git-dir", ground.At("apart.git"));
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(await ground.Order("a", "two\n")));
        Assert.Equal("", Shop.Git("status", "--porcelain"));
        Assert.Equal("two\n", Shop.Read("a"));
    }

    // A landing that changes, adds and deletes; the person has done something meanwhile.
    private async Task WaitsUnchanged(Action person)
    {
        var order = await ground.Order(
            ground.Propose(coder =>
            {
                coder.Write("a", "two\n");
                coder.Write("added", "two\n");
                coder.Write("my.log", "two\n");
                coder.Write("build", "two\n");
            })
        );
        person();
        var before = CheckoutPicture.Of(Shop);
        var busy = Assert.IsType<LandingOutcome.Busy>(await ground.Land(order));
        Assert.Equal(Shop.Path, busy.Where);
        Assert.NotEmpty(busy.Reason);
        Assert.Equal(before, CheckoutPicture.Of(Shop));
        Assert.Equal(order.From, new Commit(ground.Trunk));
    }

    private void Conflict()
    {
        Shop.Git("checkout", "-q", "-b", "other");
        Shop.Write("b", "theirs\n");
        Shop.Commit("Theirs");
        Shop.Git("checkout", "-q", "main");
        Shop.Write("b", "ours\n");
        Shop.Commit("Ours");
    }
}
