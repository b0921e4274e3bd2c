namespace Fleet.Git.Landing;

/// <summary>
/// Lands on the remote's trunk by push. The remote itself checks the fence: one atomic push moves the epoch ref and
/// trunk, each only from where this landing saw it.
/// </summary>
internal sealed class RemoteTrunk(Hub hub, Repository repository, Remote remote, LandingOrder order)
{
    private static readonly TimeSpan NetworkLimit = TimeSpan.FromMinutes(5);
    private readonly string trunk = $"refs/heads/{repository.Trunk}";
    private readonly string epoch = LandingEpoch.Ref(order.Home);
    private readonly string seenTrunk = $"refs/fleet/seen/{repository.Trunk}";
    private readonly string seenEpoch = $"refs/fleet/seen-epoch/{order.Home}";

    public async Task<LandingOutcome> Move()
    {
        var access = await RemoteAccess.For(hub, repository);
        var (settled, before) = await Look(access);
        if (settled is not null)
        {
            return settled;
        }

        var next = LandingEpoch.NextText(order.Epoch, order.Home, before!.EpochObject, $"lands {order.To}");
        var written = await hub.Git.WithInput(next).Run("hash-object", "-w", "--stdin");
        var push = await Push(access, before, written.Must("write the epoch"));
        if (push.Succeeded)
        {
            return new LandingOutcome.Moved(order.To);
        }

        // A lost reply looks like a failure: what the remote has now decides.
        var (after, now) = await Look(access);
        return after
            ?? (
                now!.EpochObject != before.EpochObject
                    ? new LandingOutcome.Unreachable("the remote's epoch moved during the push; try again")
                    : RemoteTrouble.Understand(push)
            );
    }

    /// <summary>Makes this epoch the one in force at the remote, so that a deposed daemon cannot land there.</summary>
    public async Task<LandingOutcome?> TakeEpoch()
    {
        var access = await RemoteAccess.For(hub, repository);
        if (await Fetch(access) is { } trouble)
        {
            return trouble;
        }

        var state = await TrunkState.Read(hub.Git, seenTrunk, seenTrunk, seenEpoch);
        if (state.EpochNumber >= order.Epoch.Number)
        {
            return state.EpochNumber == order.Epoch.Number ? null : new LandingOutcome.StaleEpoch();
        }

        var next = LandingEpoch.NextText(order.Epoch, order.Home, state.EpochObject, "reigns");
        var written = (await hub.Git.WithInput(next).Run("hash-object", "-w", "--stdin")).Must("write the epoch");
        var push = await Push(access, $"--force-with-lease={epoch}:{state.EpochObject}", $"{written}:{epoch}");
        return push.Succeeded ? null : RemoteTrouble.Understand(push);
    }

    // Null while the landing is still to be done from what was seen.
    private async Task<(LandingOutcome? Settled, TrunkState? Seen)> Look(GitCommand access)
    {
        if (await Fetch(access) is { } trouble)
        {
            return (trouble, null);
        }

        var seen = await TrunkState.Read(hub.Git, seenTrunk, seenTrunk, seenEpoch);
        return (await Judge(seen), seen);
    }

    private async Task<LandingOutcome?> Judge(TrunkState seen)
    {
        if (seen.Trunk is not { } now)
        {
            return Rewritten("was deleted");
        }

        if (now != order.From && await Ancestry.Holds(hub.Git, order.To.Sha, now.Sha))
        {
            return new LandingOutcome.Moved(order.To);
        }

        if (seen.EpochNumber > order.Epoch.Number)
        {
            return new LandingOutcome.StaleEpoch();
        }

        return now == order.From ? null
            : await Ancestry.Holds(hub.Git, order.From.Sha, now.Sha) ? new LandingOutcome.TrunkMovedMeanwhile(now)
            : Rewritten($"was rewritten: {now.Short} does not contain {order.From.Short}");
    }

    private LandingOutcome.Refused Rewritten(string what) =>
        new($"{repository.Trunk} at {remote.Name} {what}. Look at it: git log {remote.Name}/{repository.Trunk}");

    private async Task<LandingOutcome?> Fetch(GitCommand access)
    {
        // The epoch by a pattern: a remote without it is no error. Pruning drops it here when it is gone there.
        var fetched = await access
            .WithTimeout(NetworkLimit)
            .Run(
                "fetch",
                "--quiet",
                "--prune",
                "--no-tags",
                "--no-write-fetch-head",
                "--no-auto-maintenance",
                "--end-of-options",
                remote.Url,
                $"+{trunk}:{seenTrunk}",
                $"+{epoch}*:{seenEpoch}*"
            );
        return fetched.Succeeded ? null
            : fetched.Why.Contains($"couldn't find remote ref {trunk}", StringComparison.Ordinal)
                ? Rewritten("was deleted")
            : RemoteTrouble.Understand(fetched);
    }

    private Task<GitOutcome> Push(GitCommand access, TrunkState seen, string next) =>
        Push(
            access,
            $"--force-with-lease={epoch}:{seen.EpochObject}",
            $"--force-with-lease={trunk}:{order.From}",
            $"{next}:{epoch}",
            $"{order.To}:{trunk}"
        );

    private async Task<GitOutcome> Push(GitCommand access, params string[] leasesAndRefs)
    {
        var url = await repository.Git.Run("remote", "get-url", "--push", "--end-of-options", remote.Name);
        var leases = leasesAndRefs.Where(part => part.StartsWith("--", StringComparison.Ordinal));
        string[] push =
        [
            "push",
            "--quiet",
            "--atomic",
            "--no-verify",
            "--no-follow-tags",
            "--no-signed",
            "--recurse-submodules=no",
            .. leases,
            "--end-of-options",
            url.Succeeded ? url.Text : remote.Url,
            .. leasesAndRefs.Except(leases, StringComparer.Ordinal),
        ];
        return await access.WithTimeout(NetworkLimit).Run(push);
    }
}
