using Fleet.Git.Landing;

namespace Fleet.Tests.Git.Landing;

public sealed class CheckoutFingerprintTests : IDisposable
{
    private readonly LandingGround ground = new();

    public CheckoutFingerprintTests()
    {
        Shop.Write(".gitignore", "*.log\n");
        Shop.Write("a", "one\n");
        Shop.Commit("Base");
        Shop.Write("dirty", "mine\n");
    }

    private ScratchRepository Shop => ground.Shop;

    public void Dispose() => ground.Dispose();

    [Fact]
    public async Task Nothing_changed_is_an_empty_list_and_git_status_changes_nothing()
    {
        var before = await Take();
        File.SetLastWriteTimeUtc(Shop.At("a"), DateTime.UnixEpoch.AddDays(1));
        Shop.Git("status");
        Shop.Write("x.log", "ignored\n");
        Assert.Empty(CheckoutFingerprint.Compare(before, await Take()));
    }

    [Fact]
    public async Task Every_kind_of_write_is_named()
    {
        var before = await Take();
        Shop.Write("a", "two\n");
        Shop.Write("dirty", "mine, rewritten\n");
        Shop.Write("näme with space", "new\n");
        Shop.Write(".git/hooks/pre-commit", "#!/bin/sh\n");
        Shop.Git("config", "core.editor", "evil");
        Shop.Git("branch", "sneaky");
        Shop.Git("update-ref", "refs/fleet/kept/1/1", "HEAD");
        var changes = CheckoutFingerprint.Compare(before, await Take());
        Assert.Equal(
            [
                (CheckoutPart.Ref, "refs/heads/sneaky"),
                (CheckoutPart.File, "a"),
                (CheckoutPart.File, "dirty"),
                (CheckoutPart.File, "näme with space"),
                (CheckoutPart.Rule, "config"),
                (CheckoutPart.Rule, "hooks/pre-commit"),
            ],
            changes.Select(change => (change.Part, change.Name))
        );
        Assert.All(
            changes,
            change =>
                Assert.InRange(
                    DateTimeOffset.UtcNow - change.ChangedAt!.Value,
                    TimeSpan.FromSeconds(-1),
                    TimeSpan.FromMinutes(1)
                )
        );
    }

    [Fact]
    public async Task A_rewrite_that_restores_size_and_time_is_still_noticed()
    {
        var before = await Take();
        var time = File.GetLastWriteTimeUtc(Shop.At("dirty"));
        Shop.Write("dirty", "mime\n");
        File.SetLastWriteTimeUtc(Shop.At("dirty"), time);
        Assert.Equal(["dirty"], Names(before, await Take()));
    }

    [Fact]
    public async Task An_edit_hidden_by_an_index_flag_is_noticed()
    {
        var before = await Take();
        Shop.Git("update-index", "--assume-unchanged", "a");
        Shop.Write("a", "hidden\n");
        Assert.Equal(["index"], Names(before, await Take()));
    }

    [Fact]
    public async Task A_commit_shows_as_head_and_branch()
    {
        var before = await Take();
        Shop.Git("commit", "-q", "--allow-empty", "-m", "Sneaky");
        Assert.Equal(["HEAD", "refs/heads/main"], Names(before, await Take()));
    }

    [Fact]
    public async Task Edits_thrown_away_are_noticed()
    {
        var before = await Take();
        File.Delete(Shop.At("dirty"));
        Assert.Equal(["dirty"], Names(before, await Take()));
    }

    [Fact]
    public async Task Fleets_own_landing_is_absorbed_and_a_runs_write_is_not()
    {
        var start = await Take();
        Shop.Write("sneaky", "before the landing\n");
        var before = await Take();
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(await ground.Order("a", "two\n")));
        var baseline = start.Absorb(before, await Take());
        Assert.Equal(["sneaky"], Names(baseline, await Take()));
    }

    private async Task<CheckoutFingerprint> Take() =>
        Assert.IsType<FingerprintOutcome.Taken>(await CheckoutFingerprint.Take(await ground.Look())).Fingerprint;

    private static string[] Names(CheckoutFingerprint before, CheckoutFingerprint after) =>
        [.. CheckoutFingerprint.Compare(before, after).Select(change => change.Name)];
}
