using System.Diagnostics;
using Fleet.Rules;

namespace Fleet.Git.Landing;

/// <summary>
/// Lands in the person's repository. Where trunk is checked out, index and files come along first: a ref that moved
/// under a checkout left behind would make the person's next <c>commit -a</c> silently revert the landing.
/// </summary>
internal sealed class LocalTrunk(Hub hub, Repository repository, LandingOrder order)
{
    private readonly string trunk = $"refs/heads/{repository.Trunk}";
    private readonly string epoch = LandingEpoch.Ref(order.Home);
    private readonly string arrival = $"refs/fleet/landing/{order.Task}";

    public async Task<LandingOutcome> Move()
    {
        // No ref transaction guards a person's files: a daemon that was replaced in the middle holds its successor up
        // until it is dead, or awake and done.
        using var landing = hub.TryLand();
        return landing is null
            ? new LandingOutcome.Busy("another daemon of this fleet stands still in the middle of a landing", hub.Path)
            : await MoveAlone();
    }

    private async Task<LandingOutcome> MoveAlone()
    {
        var finding = WorkingTrees.Find(repository, trunk);
        var state = await ReadState();
        var checkouts = await finding;
        if (state.Trunk is not { } now)
        {
            return new LandingOutcome.Refused($"{repository.Root} has no branch {repository.Trunk} any more.");
        }

        if (state.EpochNumber > order.Epoch.Number)
        {
            return new LandingOutcome.StaleEpoch();
        }

        foreach (var checkout in checkouts.Found)
        {
            if (await UnfinishedLanding.Settle(checkout, now, order) is { } why)
            {
                return new LandingOutcome.Busy(why, checkout.Path);
            }
        }

        if (now != order.From)
        {
            return await Elsewhere(now);
        }

        return WhyToWait(checkouts) ?? await Land(state, [.. checkouts.Found.Where(each => each.Branch == trunk)]);
    }

    private Task<TrunkState> ReadState() => TrunkState.Read(repository.Git, trunk, arrival, epoch);

    private async Task<LandingOutcome> Elsewhere(Commit now) =>
        await Ancestry.Holds(repository.Git, order.To.Sha, now.Sha)
            ? new LandingOutcome.Moved(order.To)
            : new LandingOutcome.TrunkMovedMeanwhile(now);

    private LandingOutcome.Busy? WhyToWait(WorkingTrees.Listing checkouts)
    {
        if (checkouts.Away is [var path, ..])
        {
            return new LandingOutcome.Busy(
                $"{repository.Trunk} is checked out in a locked worktree that is away",
                path
            );
        }

        foreach (var checkout in checkouts.Found)
        {
            var why =
                checkout.Branch == trunk ? checkout.InProgress()
                : checkout.Involves(trunk) ? $"a rebase or bisect of {repository.Trunk} is in progress"
                : null;
            if (why is not null)
            {
                return new LandingOutcome.Busy(why, checkout.Path);
            }
        }

        return null;
    }

    private async Task<LandingOutcome> Land(TrunkState state, WorkingTree[] followers)
    {
        if (state.Arrived != order.To.Sha && await Fetch() is { Succeeded: false } fetched)
        {
            return new LandingOutcome.Busy($"the candidate could not be brought over: {fetched.Why}", repository.Root);
        }

        var fence = state.Fence(repository.Git, order);
        var diff = followers.Length == 0 ? null : await LandingDiff.Read(repository.Git, order.From.Sha, order.To.Sha);
        for (var i = 0; i < followers.Length; i++)
        {
            if (await Follow(followers[i], diff!) is { } why)
            {
                return await Undo(followers[..(i + 1)], order.From) ?? new LandingOutcome.Busy(why, followers[i].Path);
            }
        }

        var moved = await MoveRef(await fence, followers.FirstOrDefault()?.Git ?? repository.Git);
        if (moved is not RefOutcome.Moved)
        {
            return await GiveUp(moved, followers);
        }

        foreach (var follower in followers)
        {
            LandingNote.Remove(follower);
        }

        return new LandingOutcome.Moved(order.To);
    }

    private async Task<string?> Follow(WorkingTree checkout, LandingDiff diff)
    {
        var begun = LandingNote.Read(checkout) is not null;
        new LandingNote(order.From.Sha, order.To.Sha).Leave(checkout);
        var step = await CheckoutStep.Take(checkout, diff, begun);
        if (step is StepOutcome.Refused && !begun)
        {
            // Not begun, so there is nothing to undo.
            LandingNote.Remove(checkout);
        }

        return step.Trouble;
    }

    private Task<GitOutcome> Fetch() =>
        repository
            .Git.WithConfig("protocol.version", "2")
            .Run(
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-prune",
                "--no-write-fetch-head",
                "--no-write-commit-graph",
                "--no-auto-maintenance",
                "--no-recurse-submodules",
                "--end-of-options",
                hub.Path,
                $"+{order.To}:{arrival}"
            );

    // In the checkout that follows, so that its own HEAD reflog has the landing too.
    private async Task<RefOutcome> MoveRef(RefUpdate fence, GitCommand git)
    {
        var script = RefTransaction.Script(
            fence,
            new RefUpdate.Move(trunk, order.To.Sha, order.From.Sha),
            new RefUpdate.Delete(arrival, order.To.Sha)
        );
        var reason = $"fleet: task {order.Task} landed";
        return RefTransaction.Understand(await git.WithInput(script).Run("update-ref", "-m", reason, "--stdin", "-z"));
    }

    private async Task<LandingOutcome> GiveUp(RefOutcome refused, WorkingTree[] followers)
    {
        var state = await ReadState();
        var now = state.Trunk ?? order.From;
        if (await Undo(followers, now) is { } stuck)
        {
            return stuck;
        }

        return refused switch
        {
            RefOutcome.Changed changed when changed.Name == epoch => new LandingOutcome.StaleEpoch(),
            _ when state.Trunk is null => new LandingOutcome.Refused($"The branch {repository.Trunk} was deleted."),
            _ when now != order.From => await Elsewhere(now),
            RefOutcome.Changed changed => new LandingOutcome.Busy($"{changed.Name} moved meanwhile", repository.Root),
            RefOutcome.Failed failed => new LandingOutcome.Busy(failed.Why, repository.Root),
            RefOutcome.Moved or RefOutcome.StaleEpoch => throw new UnreachableException(),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<LandingOutcome?> Undo(WorkingTree[] followers, Commit now)
    {
        foreach (var follower in followers)
        {
            if (await UnfinishedLanding.Settle(follower, now, goingOn: null) is { } why)
            {
                return new LandingOutcome.Busy(why, follower.Path);
            }
        }

        return null;
    }
}
