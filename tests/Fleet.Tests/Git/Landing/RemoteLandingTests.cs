using Fleet.Git.Landing;
using Fleet.Rules;

namespace Fleet.Tests.Git.Landing;

public sealed class RemoteLandingTests : IDisposable
{
    private const string Epoch = $"refs/fleet/epoch/{LandingGround.Home}";
    private readonly LandingGround ground = new(remote: true);

    private ScratchRepository Origin => ground.Origin!;

    public void Dispose() => ground.Dispose();

    [Fact]
    public async Task Trunk_moves_at_the_remote_and_the_persons_repository_does_not_change()
    {
        var before = CheckoutPicture.Of(ground.Shop) + ground.Shop.Git("for-each-ref");
        var order = await ground.Order("shoes", "red\n");
        Assert.Equal(new LandingOutcome.Moved(order.To), await ground.Land(order));
        Assert.Equal(order.To.Sha, ground.Trunk);
        Assert.Equal(before, CheckoutPicture.Of(ground.Shop) + ground.Shop.Git("for-each-ref"));
    }

    [Fact]
    public async Task Every_landing_moves_the_epoch_ref_too()
    {
        await ground.Land(await ground.Order("shoes", "red\n"));
        var first = Origin.Git("rev-parse", Epoch);
        await ground.Land(await ground.Order("hats", "blue\n"));
        Assert.NotEqual(first, Origin.Git("rev-parse", Epoch));
    }

    [Fact]
    public async Task Without_push_the_local_trunk_moves_and_the_remote_does_not()
    {
        var order = await ground.Order("shoes", "red\n");
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(order, push: false));
        Assert.Equal(order.To.Sha, ground.Shop.Head);
        Assert.Equal(order.From.Sha, ground.Trunk);
    }

    [Fact]
    public async Task A_deposed_daemon_is_refused_by_the_remotes_epoch()
    {
        var order = await ground.Order("shoes", "red\n");
        Assert.Null(
            await TrunkFence.Take(ground.Hub, await ground.Look(), LandingGround.Home, new Epoch(2), push: true)
        );
        Assert.IsType<LandingOutcome.StaleEpoch>(await ground.Land(order));
        Assert.Equal(order.From.Sha, ground.Trunk);
    }

    [Fact]
    public async Task A_daemon_deposed_in_the_middle_of_its_push_is_refused_by_the_remote()
    {
        await ground.Land(await ground.Order("shoes", "red\n"));
        var order = await ground.Order("hats", "blue\n");
        var taken = Origin.Git("hash-object", "-w", EpochFile("epoch 2 home home1 reigns\n"));
        Hook("pre-receive", $"unset GIT_QUARANTINE_PATH; git update-ref {Epoch} {taken}");
        Assert.IsType<LandingOutcome.StaleEpoch>(await ground.Land(order));
        Assert.Equal(order.From.Sha, ground.Trunk);
    }

    [Fact]
    public async Task A_trunk_that_moved_in_the_middle_of_the_push_is_reported_and_kept()
    {
        var order = await ground.Order("shoes", "red\n");
        var theirs = Push("theirs", "by hand\n", "refs/heads/side");
        Hook("pre-receive", $"unset GIT_QUARANTINE_PATH; git update-ref refs/heads/main {theirs}");
        Assert.Equal(new LandingOutcome.TrunkMovedMeanwhile(new Commit(theirs)), await ground.Land(order));
        Assert.Equal(theirs, ground.Trunk);
    }

    [Fact]
    public async Task A_trunk_that_moved_before_the_push_is_reported()
    {
        var order = await ground.Order("shoes", "red\n");
        var theirs = Push("theirs", "by hand\n", "refs/heads/main");
        Assert.Equal(new LandingOutcome.TrunkMovedMeanwhile(new Commit(theirs)), await ground.Land(order));
    }

    [Fact]
    public async Task A_push_whose_reply_is_lost_has_landed()
    {
        var order = await ground.Order("shoes", "red\n");
        Hook("post-receive", "kill -9 $PPID");
        Assert.Equal(new LandingOutcome.Moved(order.To), await ground.Land(order));
        Assert.Equal(order.To.Sha, ground.Trunk);
    }

    [Fact]
    public async Task Asking_again_after_it_landed_pushes_nothing()
    {
        var order = await ground.Order("shoes", "red\n");
        await ground.Land(order);
        await ground.Land(await ground.Order("hats", "blue\n"));
        var refs = Origin.Git("for-each-ref");
        Assert.Equal(new LandingOutcome.Moved(order.To), await ground.Land(order));
        Assert.Equal(refs, Origin.Git("for-each-ref"));
    }

    [Fact]
    public async Task A_remote_trunk_that_was_rewritten_stops_landings()
    {
        ground.Shop.Write("second", "x\n");
        ground.Shop.Commit("Second");
        ground.Shop.Git("push", "-q", "origin", "main");
        var order = await ground.Order("shoes", "red\n");
        Origin.Git("update-ref", "refs/heads/main", $"{order.From}^");
        var refused = Assert.IsType<LandingOutcome.Refused>(await ground.Land(order));
        Assert.Contains("was rewritten", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remote_trunk_that_was_deleted_stops_landings()
    {
        var order = await ground.Order("shoes", "red\n");
        Origin.Git("update-ref", "-d", "refs/heads/main");
        var refused = Assert.IsType<LandingOutcome.Refused>(await ground.Land(order));
        Assert.Contains("was deleted", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remote_that_says_no_is_a_refusal_with_its_words()
    {
        var order = await ground.Order("shoes", "red\n");
        Hook("pre-receive", "echo main is protected >&2; exit 1");
        var refused = Assert.IsType<LandingOutcome.Refused>(await ground.Land(order));
        Assert.Contains("main is protected", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remote_that_does_not_answer_is_unreachable()
    {
        var order = await ground.Order("shoes", "red\n");
        ground.Shop.Git("remote", "set-url", "origin", "git://127.0.0.1:1/shop");
        Assert.IsType<LandingOutcome.Unreachable>(await ground.Land(order));
    }

    [Fact]
    public async Task A_pre_push_hook_of_the_person_does_not_run()
    {
        var order = await ground.Order("shoes", "red\n");
        ground.Shop.Plant(".git/hooks/pre-push", ground.At("marker"));
        Assert.IsType<LandingOutcome.Moved>(await ground.Land(order));
        Assert.False(File.Exists(ground.At("marker")));
    }

    private string Push(string file, string text, string to)
    {
        var commit = ground.Propose(file, text).Sha;
        ground.Coder.Git("push", "-q", Origin.Path, $"{commit}:{to}");
        return commit;
    }

    private void Hook(string name, string script)
    {
        Origin.Write($"hooks/{name}", $"#!/bin/sh\ncat >/dev/null\n{script}\n");
        File.SetUnixFileMode(Origin.At($"hooks/{name}"), (UnixFileMode)0b111_101_101);
    }

    private string EpochFile(string text)
    {
        File.WriteAllText(ground.At("epoch"), text);
        return ground.At("epoch");
    }
}
