using Fleet.Git.Landing;
using Fleet.Rules;

namespace Fleet.Tests.Git.Landing;

public sealed class LocalLandingTests : IDisposable
{
    private const string Epoch = $"refs/fleet/epoch/{LandingGround.Home}";
    private readonly LandingGround ground = new();

    public LocalLandingTests() => ground.Shop.Git("checkout", "-q", "-b", "elsewhere");

    public void Dispose() => ground.Dispose();

    [Fact]
    public async Task Trunk_moves_to_the_candidate_and_nothing_but_trunk_and_the_epoch_changes()
    {
        var order = await ground.Order("shoes", "red\n");
        Assert.Equal(new LandingOutcome.Moved(order.To), await ground.Land(order));
        Assert.Equal(
            ["refs/fleet/epoch/home1", "refs/heads/elsewhere", "refs/heads/main"],
            ground.Shop.Git("for-each-ref", "--format=%(refname)").Split('\n')
        );
        Assert.Equal(order.To.Sha, ground.Trunk);
        Assert.False(File.Exists(ground.Shop.At(".git/FETCH_HEAD")));
    }

    [Fact]
    public async Task Asking_again_after_it_landed_is_answered_with_moved()
    {
        var order = await ground.Order("shoes", "red\n");
        await ground.Land(order);
        var next = await ground.Order("hats", "blue\n");
        await ground.Land(next);
        Assert.Equal(new LandingOutcome.Moved(order.To), await ground.Land(order));
        Assert.Equal(next.To.Sha, ground.Trunk);
    }

    [Fact]
    public async Task A_trunk_that_moved_meanwhile_is_reported_and_kept()
    {
        var order = await ground.Order("shoes", "red\n");
        ground.Shop.Git("checkout", "-q", "main");
        var theirs = ground.Shop.Commit("By hand");
        Assert.Equal(new LandingOutcome.TrunkMovedMeanwhile(new Commit(theirs)), await ground.Land(order));
        Assert.Equal(theirs, ground.Trunk);
    }

    [Fact]
    public async Task A_deposed_daemon_cannot_land()
    {
        var order = await ground.Order("shoes", "red\n");
        Assert.Null(
            await TrunkFence.Take(ground.Hub, await ground.Look(), LandingGround.Home, new Epoch(2), push: true)
        );
        Assert.IsType<LandingOutcome.StaleEpoch>(await ground.Land(order));
        Assert.Equal(order.From.Sha, ground.Trunk);
    }

    [Fact]
    public async Task A_landing_waits_while_another_daemon_stands_still_in_the_middle_of_one()
    {
        var order = await ground.Order("shoes", "red\n");
        using (ground.Hub.TryLand())
        {
            Assert.IsType<LandingOutcome.Busy>(await ground.Land(order));
            Assert.Equal(order.From.Sha, ground.Trunk);
        }

        Assert.IsType<LandingOutcome.Moved>(await ground.Land(order));
    }

    [Fact]
    public async Task A_new_daemon_raises_the_epoch_as_it_lands()
    {
        await ground.Land(await ground.Order("shoes", "red\n", epoch: 1));
        var order = await ground.Order("hats", "blue\n", epoch: 3);
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(order));
        Assert.Equal("epoch 3 home home1", ground.Shop.Git("cat-file", "blob", Epoch));
    }

    [Fact]
    public async Task Another_homes_epoch_is_no_fence_for_this_one()
    {
        await TrunkFence.Take(ground.Hub, await ground.Look(), "home2", new Epoch(9), push: true);
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(await ground.Order("shoes", "red\n")));
    }

    [Fact]
    public async Task A_commit_that_is_not_on_top_of_trunk_is_refused()
    {
        var order = await ground.Order("shoes", "red\n");
        var orphan = order with { To = ground.Propose("hats", "blue\n") with { Sha = order.From.Sha } };
        Assert.IsType<LandingOutcome.Refused>(await ground.Land(orphan));
    }

    [Fact]
    public async Task A_deleted_trunk_is_refused()
    {
        var order = await ground.Order("shoes", "red\n");
        var repository = await ground.Look();
        ground.Shop.Git("branch", "-q", "-D", "main");
        Assert.IsType<LandingOutcome.Refused>(await Trunk.Move(ground.Hub, repository, order, push: true));
    }

    [Fact]
    public async Task A_locked_trunk_ref_makes_the_landing_wait()
    {
        var order = await ground.Order("shoes", "red\n");
        ground.Shop.Git("config", "core.filesRefLockTimeout", "0");
        ground.Shop.Write(".git/refs/heads/main.lock", "");
        Assert.IsType<LandingOutcome.Busy>(await ground.Land(order));
    }

    [Fact]
    public async Task A_sha256_repository_lands_too()
    {
        using var wide = new LandingGround(format: "sha256");
        var order = await wide.Order("shoes", "red\n");
        Assert.Equal(new LandingOutcome.Moved(order.To), await wide.Land(order));
        Assert.Equal("red\n", wide.Shop.Read("shoes"));
    }
}
