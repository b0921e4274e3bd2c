using Fleet.Git;
using Fleet.Rules;

namespace Fleet.Tests.Git;

public sealed class HubTests
{
    [Fact]
    public async Task A_hub_is_made_once_and_holds_trunk()
    {
        using var home = await Home.Open();
        Assert.Equal(home.Trunk.Sha, await home.Hub.Read(FleetRefs.Trunk));
        Assert.IsType<HubOutcome.Ready>(home.Hubs.Open(home.Hub.Name, "sha1"));
        Assert.Equal(home.Trunk.Sha, await home.Hub.Read(FleetRefs.Trunk));
        Assert.Equal("true", (await home.Hub.Git.Run("rev-parse", "--is-bare-repository")).Text);
    }

    [Fact]
    public async Task Trunk_follows_the_persons_branch_even_when_it_was_rewritten()
    {
        using var home = await Home.Open();
        home.Shop.Git("commit", "-q", "--amend", "-m", "Rewritten");
        var outcome = await TrunkSync.Run(home.Hub, home.Claim, home.Repository);
        Assert.Equal(new SyncOutcome.At(home.Trunk), outcome);
        Assert.Empty((await home.Hub.Git.Run("for-each-ref", "refs/fleet/arrived")).Text);
    }

    [Fact]
    public async Task Many_readers_of_trunk_at_once_all_see_the_newest_and_leave_nothing_behind()
    {
        using var home = await Home.Open();
        home.Shop.Commit("Next");
        var readers = Enumerable.Range(0, 8).Select(_ => TrunkSync.Run(home.Hub, home.Claim, home.Repository));
        Assert.All(await Task.WhenAll(readers), outcome => Assert.Equal(new SyncOutcome.At(home.Trunk), outcome));
        Assert.Empty((await home.Hub.Git.Run("for-each-ref", "refs/fleet/arrived")).Text);
    }

    [Fact]
    public async Task Trunk_comes_from_the_remote_when_there_is_one()
    {
        using var home = await Home.Open();
        var (server, shop) = home.Scratch.Cloned(home.Shop);
        server.Write("elsewhere", "x");
        var newest = server.Commit("By someone else");
        var repository = Assert.IsType<ProbeOutcome.Usable>(await RepositoryProbe.Look(shop.Path)).Repository;
        Assert.Equal(new SyncOutcome.At(new Commit(newest)), await TrunkSync.Run(home.Hub, home.Claim, repository));
        Assert.NotEqual(newest, shop.Git("rev-parse", "origin/main"));
    }

    [Fact]
    public async Task An_unreachable_remote_leaves_the_last_known_trunk()
    {
        using var home = await Home.Open();
        home.Shop.Git("remote", "add", "origin", home.Scratch.At("nowhere"));
        var repository = Assert.IsType<ProbeOutcome.Usable>(await RepositoryProbe.Look(home.Shop.Path)).Repository;
        var outcome = await TrunkSync.Run(home.Hub, home.Claim, repository);
        Assert.Equal(home.Trunk, Assert.IsType<SyncOutcome.Unreachable>(outcome).LastKnown);
    }

    [Fact]
    public async Task A_remote_without_that_branch_says_what_to_do()
    {
        using var home = await Home.Open();
        var (_, clone) = home.Scratch.Cloned(home.Shop);
        clone.Git("branch", "release");
        var found = Assert.IsType<ProbeOutcome.Usable>(await RepositoryProbe.Look(clone.Path, "release"));
        var outcome = await TrunkSync.Run(home.Hub, home.Claim, found.Repository);
        var why = Assert.IsType<SyncOutcome.Failed>(outcome).Why;
        Assert.Contains("git push -u origin release", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ref_moves_only_from_where_the_caller_believes_it_is()
    {
        using var home = await Home.Open();
        var before = home.Trunk.Sha;
        var after = home.Shop.Commit("Next");
        await TrunkSync.Run(home.Hub, home.Claim, home.Repository);
        var stale = new RefUpdate.Move(FleetRefs.Trunk, before, before);
        var fine = new RefUpdate.Create("refs/fleet/other", before);
        var outcome = await RefTransaction.Apply(home.Hub, home.Claim, fine, stale);
        Assert.Equal(new RefOutcome.Changed(FleetRefs.Trunk), outcome);
        Assert.Null(await home.Hub.Read("refs/fleet/other"));
        Assert.Equal(after, await home.Hub.Read(FleetRefs.Trunk));
    }

    [Fact]
    public async Task A_ref_that_is_there_already_is_not_made_again()
    {
        using var home = await Home.Open();
        var update = new RefUpdate.Create(FleetRefs.Trunk, home.Trunk.Sha);
        Assert.Equal(new RefOutcome.Changed(FleetRefs.Trunk), await RefTransaction.Apply(home.Hub, home.Claim, update));
    }

    [Fact]
    public async Task A_deposed_daemon_moves_no_ref()
    {
        using var home = await Home.Open();
        Assert.IsType<EpochOutcome.Taken>(await EpochRef.Take(home.Hub, new Epoch(2), "successor"));
        var update = new RefUpdate.Create("refs/fleet/other", home.Trunk.Sha);
        Assert.IsType<RefOutcome.StaleEpoch>(await RefTransaction.Apply(home.Hub, home.Claim, update));
        Assert.Null(await home.Hub.Read("refs/fleet/other"));
    }

    [Fact]
    public async Task Of_two_that_take_the_same_epoch_one_has_it()
    {
        using var home = await Home.Open();
        var both = await Task.WhenAll(
            EpochRef.Take(home.Hub, new Epoch(2), "one"),
            EpochRef.Take(home.Hub, new Epoch(2), "other")
        );
        Assert.Single(both.OfType<EpochOutcome.Taken>());
        Assert.Single(both.OfType<EpochOutcome.Refused>());
    }

    [Fact]
    public async Task The_holder_of_an_epoch_may_ask_again_and_a_lower_one_is_refused()
    {
        using var home = await Home.Open();
        Assert.Equal(new EpochOutcome.Taken(home.Claim), await EpochRef.Take(home.Hub, new Epoch(1), "test"));
        var lower = await EpochRef.Take(home.Hub, new Epoch(0), "ghost");
        Assert.Equal(new EpochOutcome.Refused(new Epoch(1), "test"), lower);
    }

    [Fact]
    public async Task Many_transactions_at_once_all_get_their_turn()
    {
        using var home = await Home.Open();
        var moves = Enumerable
            .Range(0, 20)
            .Select(n =>
                RefTransaction.Apply(home.Hub, home.Claim, new RefUpdate.Create($"refs/fleet/n/{n}", home.Trunk.Sha))
            );
        Assert.All(await Task.WhenAll(moves), outcome => Assert.IsType<RefOutcome.Moved>(outcome));
    }

    [Fact]
    public async Task Locks_of_a_killed_git_are_cleared_but_not_those_of_a_living_one()
    {
        using var home = await Home.Open();
        File.WriteAllText(Path.Combine(home.Hub.Path, "refs/fleet/epoch.lock"), "");
        using (var living = System.Diagnostics.Process.Start(Sleeper(home.Hub.Path))!)
        {
            Assert.Equal(0, HubLocks.Clear(home.Hub));
            living.Kill();
            await living.WaitForExitAsync();
        }

        Assert.Equal(1, HubLocks.Clear(home.Hub));
        var update = new RefUpdate.Create("refs/fleet/other", home.Trunk.Sha);
        Assert.IsType<RefOutcome.Moved>(await RefTransaction.Apply(home.Hub, home.Claim, update));
    }

    private static System.Diagnostics.ProcessStartInfo Sleeper(string directory) =>
        new("sleep", "60") { WorkingDirectory = directory, UseShellExecute = false };

    [Fact]
    public async Task Each_anchor_stands_on_the_one_before()
    {
        using var home = await Home.Open();
        Assert.Null(await AnchorRef.Read(home.Hub));
        await AnchorRef.Write(home.Hub, home.Claim, new Anchor(10, "aa"), Home.Noon);
        await AnchorRef.Write(home.Hub, home.Claim, new Anchor(20, "bb"), Home.Noon);
        await AnchorRef.Write(home.Hub, home.Claim, new Anchor(20, "bb"), Home.Noon);
        Assert.Equal([new Anchor(20, "bb"), new Anchor(10, "aa")], await AnchorRef.History(home.Hub, most: 5));
        Assert.Equal(new Anchor(20, "bb"), await AnchorRef.Read(home.Hub));
    }

    [Fact]
    public async Task What_is_kept_is_listed()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("work", "1");
        var kept = (await home.Saved()).Kept;
        Assert.Equal([new KeptRun(Home.Run, kept, Home.Noon, Landed: false)], await KeptRefs.List(home.Hub));
        await RefTransaction.Apply(home.Hub, home.Claim, new RefUpdate.Move(FleetRefs.Trunk, kept.Sha, home.Trunk.Sha));
        Assert.True(Assert.Single(await KeptRefs.List(home.Hub)).Landed);
    }

    [Theory]
    [InlineData("git version 2.37.9", false)]
    [InlineData("git version 2.38.0", true)]
    [InlineData("git version 3.0.1 (Apple Git-1)", true)]
    [InlineData("nonsense", false)]
    public void A_git_that_is_too_old_is_named(string answer, bool good) =>
        Assert.Equal(good, GitVersion.ComplaintAbout(answer) is null);
}
