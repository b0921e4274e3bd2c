using Fleet.Git.Landing;
using Fleet.Rules;

namespace Fleet.Tests.Git.Landing;

public sealed class LandingCheckTests : IDisposable
{
    private readonly LandingGround ground = new();

    public void Dispose() => ground.Dispose();

    [Fact]
    public async Task A_landing_holds_also_when_trunk_has_gone_on()
    {
        var built = await Landed();
        ground.Shop.Commit("Later");
        Assert.Equal(new LandingCheckOutcome.Holds(), await Check(built));
    }

    [Fact]
    public async Task A_tree_that_the_gates_did_not_run_on_is_found()
    {
        var built = await Landed();
        var gated = new Tree(ground.Shop.Git("rev-parse", $"{built.Trunk}^{{tree}}"));
        Assert.Contains("the gates ran on", await Broken(built with { Tree = gated }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_landing_that_dropped_what_was_on_trunk_is_found()
    {
        var built = await Landed();
        ground.Shop.Git("checkout", "-q", "--orphan", "apart");
        ground.Shop.Commit("Apart");
        Assert.Contains(
            "which trunk had before",
            await Broken(built with { Trunk = new Commit(ground.Shop.Head) }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_landing_that_is_not_on_trunk_any_more_is_found()
    {
        var built = await Landed();
        ground.Shop.Git("reset", "-q", "--hard", "HEAD^1");
        Assert.Contains("is not on refs/heads/main", await Broken(built), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_git_cannot_answer_nothing_is_claimed()
    {
        var built = await Landed();
        Assert.IsType<LandingCheckOutcome.CouldNotLook>(
            await Check(built with { Commit = new Commit(new string('a', 40)) })
        );
    }

    private async Task<CandidateOutcome.Built> Landed()
    {
        var built = Assert.IsType<CandidateOutcome.Built>(await ground.Build(ground.Propose("shoes", "red\n")));
        var order = new LandingOrder(new TaskId(12), built.Trunk, built.Commit, LandingGround.Home, new Epoch(1));
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(order));
        return built;
    }

    private async Task<string> Broken(CandidateOutcome.Built built) =>
        Assert.IsType<LandingCheckOutcome.Broken>(await Check(built)).What;

    private async Task<LandingCheckOutcome> Check(CandidateOutcome.Built built) =>
        await LandingCheck.Run((await ground.Look()).Git, "refs/heads/main", built.Commit, built.Tree, built.Trunk);
}
