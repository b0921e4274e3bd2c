using Fleet.Git.Landing;
using Fleet.Rules;

namespace Fleet.Tests.Git.Landing;

public sealed class InterruptedLandingTests : IDisposable
{
    private readonly LandingGround ground = new();

    public InterruptedLandingTests()
    {
        Shop.Write("a", "one\n");
        Shop.Write("mine", "one\n");
        Shop.Write("gone", "one\n");
        Shop.Commit("Base");
        Shop.Write("mine", "staged by me\n");
        Shop.Git("add", "mine");
    }

    private ScratchRepository Shop => ground.Shop;

    public void Dispose() => ground.Dispose();

    [Fact]
    public async Task A_landing_that_crashed_before_the_ref_moved_completes_when_asked_again()
    {
        var order = await Crashed();
        Assert.Equal(new LandingOutcome.Moved(order.To), await ground.Land(order));
        Assert.Equal("two\n", Shop.Read("a"));
        Assert.Equal("M  mine", Shop.Git("status", "--porcelain"));
        AssertNoNote();
    }

    [Fact]
    public async Task A_landing_that_crashed_after_the_ref_moved_is_answered_with_moved()
    {
        var order = await Crashed();
        Shop.Git("update-ref", "refs/heads/main", order.To.Sha);
        Assert.Equal(new LandingOutcome.Moved(order.To), await ground.Land(order));
        Assert.Equal("M  mine", Shop.Git("status", "--porcelain"));
        AssertNoNote();
    }

    [Fact]
    public async Task Where_another_landing_comes_first_the_crashed_one_is_taken_back()
    {
        var before = CheckoutPicture.Files(Shop);
        await Crashed();
        Assert.NotEqual(before, CheckoutPicture.Files(Shop));
        var other = await ground.Order("other", "new\n");
        Assert.Equal(new LandingOutcome.Moved(other.To), await ground.Land(other));
        before["other"] = "file 6E65770A";
        Assert.Equal(before, CheckoutPicture.Files(Shop));
        Assert.Equal("M  mine", Shop.Git("status", "--porcelain"));
        AssertNoNote();
    }

    [Fact]
    public async Task What_a_person_committed_after_the_crash_is_theirs()
    {
        var order = await Crashed();
        Shop.Git("commit", "-q", "-m", "By hand, with the landing's files in the index");
        Assert.Equal(new LandingOutcome.TrunkMovedMeanwhile(new Commit(Shop.Head)), await ground.Land(order));
        Assert.Equal("two\n", Shop.Read("a"));
        Assert.Equal("", Shop.Git("status", "--porcelain"));
        AssertNoNote();
    }

    [Fact]
    public async Task A_crashed_landing_that_the_person_edited_waits_and_says_so()
    {
        await Crashed();
        Shop.Write("a", "edited by me\n");
        var busy = Assert.IsType<LandingOutcome.Busy>(await ground.Land(await ground.Order("other", "new\n")));
        Assert.Contains("cannot be taken back", busy.Reason, StringComparison.Ordinal);
        Assert.Equal("edited by me\n", Shop.Read("a"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Half_written_files_are_put_back_and_the_landing_completes(bool same)
    {
        var order = await ground.Order(Change());
        new LandingNote(order.From.Sha, order.To.Sha).Leave(new WorkingTree(Shop.Path, Shop.At(".git"), null));
        Shop.Git("fetch", "-q", "--no-write-fetch-head", ground.Hub.Path, order.To.Sha);
        Shop.Write("a", "tw");
        Shop.Write("added", "two\n");
        File.Delete(Shop.At("gone"));
        var asked = same ? order : await ground.Order("other", "new\n");
        Assert.Equal(new LandingOutcome.Moved(asked.To), await ground.Land(asked));
        Assert.Equal("M  mine", Shop.Git("status", "--porcelain"));
        AssertNoNote();
    }

    [Theory]
    [InlineData("refs/heads/main")]
    [InlineData("refs/fleet/epoch/home1")]
    public async Task A_compare_and_swap_that_loses_leaves_the_checkout_as_it_was(string contested)
    {
        await TrunkFence.Take(ground.Hub, await ground.Look(), LandingGround.Home, new Epoch(1), push: true);
        var order = await ground.Order(Change());
        var epoch = contested != "refs/heads/main";
        var theirs = epoch
            ? Shop.Git("hash-object", "-w", TakeoverBlob())
            : Shop.Git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "Theirs");
        // A filter of the person's own runs between the first touched file and the ref transaction.
        Shop.Write(".git/info/attributes", "a filter=race\n");
        Shop.Git("config", "filter.race.smudge", $"git update-ref {contested} {theirs}; cat");
        var before = CheckoutPicture.Files(Shop);
        LandingOutcome lost = epoch
            ? new LandingOutcome.StaleEpoch()
            : new LandingOutcome.TrunkMovedMeanwhile(new Commit(theirs));
        Assert.Equal(lost, await ground.Land(order));
        Assert.Equal(before, CheckoutPicture.Files(Shop));
        Assert.Equal("M  mine", Shop.Git("status", "--porcelain"));
        Assert.NotEqual(order.To.Sha, ground.Trunk);
        AssertNoNote();
    }

    // Exactly what a killed daemon leaves: files and index brought along, the ref not moved.
    private async Task<LandingOrder> Crashed()
    {
        var order = await ground.Order(Change());
        Shop.Git("fetch", "-q", "--no-write-fetch-head", ground.Hub.Path, order.To.Sha);
        var checkout = new WorkingTree(Shop.Path, Shop.At(".git"), "refs/heads/main");
        new LandingNote(order.From.Sha, order.To.Sha).Leave(checkout);
        var diff = await LandingDiff.Read(checkout.Git, order.From.Sha, order.To.Sha);
        Assert.IsType<StepOutcome.Followed>(await CheckoutStep.Take(checkout, diff, begun: false));
        return order;
    }

    private Commit Change() =>
        ground.Propose(coder =>
        {
            coder.Write("a", "two\n");
            coder.Write("added", "two\n");
            File.Delete(coder.At("gone"));
        });

    private string TakeoverBlob()
    {
        File.WriteAllText(ground.At("epoch"), "epoch 2 home home1\n");
        return ground.At("epoch");
    }

    private void AssertNoNote() => Assert.False(File.Exists(Shop.At(".git/fleet-landing")));
}
