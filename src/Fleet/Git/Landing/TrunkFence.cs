using Fleet.Rules;

namespace Fleet.Git.Landing;

/// <summary>
/// Makes a new daemon's epoch the one in force where it will land. Until this has been done, a daemon it replaced
/// could still land there; afterwards git refuses it.
/// </summary>
internal static class TrunkFence
{
    /// <summary>Null when the epoch is in force, else why it is not.</summary>
    public static async Task<LandingOutcome?> Take(Hub hub, Repository repository, string home, Epoch epoch, bool push)
    {
        var order = new LandingOrder(default, repository.TrunkCommit, repository.TrunkCommit, home, epoch);
        try
        {
            return repository.Remote is { } remote && push
                ? await new RemoteTrunk(hub, repository, remote, order).TakeEpoch()
                : await TakeLocal(repository, order);
        }
        catch (GitFailedException failed)
        {
            return new LandingOutcome.Busy(failed.Message, repository.Root);
        }
    }

    private static async Task<LandingOutcome?> TakeLocal(Repository repository, LandingOrder order)
    {
        var trunk = $"refs/heads/{repository.Trunk}";
        var state = await TrunkState.Read(repository.Git, trunk, trunk, LandingEpoch.Ref(order.Home));
        if (state.EpochNumber > order.Epoch.Number)
        {
            return new LandingOutcome.StaleEpoch();
        }

        var script = RefTransaction.Script(await state.Fence(repository.Git, order));
        var moved = await repository.Git.WithInput(script).Run("update-ref", "--stdin", "-z");
        return moved.Succeeded ? null : new LandingOutcome.Busy(moved.Why, repository.Root);
    }
}
