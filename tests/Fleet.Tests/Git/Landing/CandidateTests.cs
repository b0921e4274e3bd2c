using Fleet.Git.Landing;
using Fleet.Rules;

namespace Fleet.Tests.Git.Landing;

public sealed class CandidateTests : IDisposable
{
    private readonly LandingGround ground = new();

    public void Dispose() => ground.Dispose();

    [Fact]
    public async Task A_candidate_is_one_merge_commit_on_top_of_trunk()
    {
        var trunk = ground.Trunk;
        var proposal = ground.Propose("shoes", "red\n");
        var built = Assert.IsType<CandidateOutcome.Built>(await ground.Build(proposal));
        var text = (await ground.Hub.Git.Run("cat-file", "commit", built.Commit.Sha)).Must("read");
        Assert.StartsWith($"tree {built.Tree}\nparent {trunk}\nparent {proposal}\n", text, StringComparison.Ordinal);
        Assert.Contains("Fleet-Run: 12.1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_question_gets_the_same_commit()
    {
        var proposal = ground.Propose("shoes", "red\n");
        Assert.Equal(await ground.Build(proposal), await ground.Build(proposal));
    }

    [Fact]
    public async Task Both_sides_of_a_clean_merge_are_in_the_candidate()
    {
        var proposal = ground.Propose("shoes", "red\n");
        ground.Shop.Write("hats", "blue\n");
        ground.Shop.Commit("Hats");
        ground.Bring(ground.Shop, ground.Trunk);
        var built = Assert.IsType<CandidateOutcome.Built>(await ground.Build(proposal));
        var files = (await ground.Hub.Git.Run("ls-tree", "--name-only", built.Tree.Sha)).Must("list");
        Assert.Equal("README\nhats\nshoes", files);
    }

    [Fact]
    public async Task A_conflict_names_its_paths()
    {
        var proposal = ground.Propose(coder =>
        {
            coder.Write("README", "theirs\n");
            coder.Write("näme with space", "theirs\n");
        });
        ground.Shop.Write("README", "ours\n");
        ground.Shop.Write("näme with space", "ours\n");
        ground.Shop.Commit("Ours");
        ground.Bring(ground.Shop, ground.Trunk);
        var conflict = Assert.IsType<CandidateOutcome.Conflict>(await ground.Build(proposal));
        Assert.Equal(["README", "näme with space"], conflict.Paths);
    }

    [Fact]
    public async Task A_proposal_that_adds_nothing_is_merged_already()
    {
        var proposal = ground.Propose(_ => { });
        Assert.IsType<CandidateOutcome.MergedAlready>(await ground.Build(proposal));
    }

    [Fact]
    public async Task A_proposal_that_the_hub_does_not_know_fails_with_a_reason()
    {
        var failed = Assert.IsType<CandidateOutcome.Failed>(await ground.Build(new Commit(new string('a', 40))));
        Assert.Contains("could not be merged", failed.Reason, StringComparison.Ordinal);
    }
}
