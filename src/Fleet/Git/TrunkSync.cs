using Fleet.Rules;

namespace Fleet.Git;

/// <summary>What became of bringing the hub's trunk up to date.</summary>
internal abstract record SyncOutcome
{
    private SyncOutcome() { }

    internal sealed record At(Commit Trunk) : SyncOutcome;

    /// <summary>
    /// The remote did not answer; local work goes on from <see cref="LastKnown"/>, if there is one.
    /// </summary>
    internal sealed record Unreachable(string Why, Commit? LastKnown) : SyncOutcome;

    internal sealed record StaleEpoch : SyncOutcome;

    internal sealed record Failed(string Why) : SyncOutcome;
}

/// <summary>Brings trunk from where it lives (the remote, else the person's repository) into the hub.</summary>
internal static class TrunkSync
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan NetworkLimit = TimeSpan.FromMinutes(5);

    public static async Task<SyncOutcome> Run(Hub hub, EpochClaim claim, Repository repository)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var before = hub.Read(FleetRefs.Trunk);
            var quick = repository.Remote is null ? await FromHere(hub, claim, repository, await before) : null;
            if ((quick ?? await Fetch(hub, claim, repository, await before)) is { } outcome)
            {
                return outcome;
            }
        }

        return new SyncOutcome.Failed("Trunk moved each time while it was being read.");
    }

    /// <summary>
    /// Without a fetch where nothing is to be fetched: trunk stands still, or moved to a landing of our own.
    /// </summary>
    /// <returns>None when the hub lacks something, or another reader was quicker.</returns>
    private static async Task<SyncOutcome?> FromHere(Hub hub, EpochClaim claim, Repository repository, string? before)
    {
        if (before is null || await TrunkIn(repository) is not { } there)
        {
            return null;
        }

        if (there == before)
        {
            return new SyncOutcome.At(new Commit(before));
        }

        // Every object down to the old trunk, not only the commit: an interrupted fetch may have left half of them.
        var whole = await hub.Git.Run("rev-list", "--objects", "--quiet", there, $"^{before}");
        if (!whole.Succeeded)
        {
            return null;
        }

        var moved = await RefTransaction.Apply(hub, claim, new RefUpdate.Move(FleetRefs.Trunk, there, before));
        return moved is RefOutcome.Changed ? null : Told(moved, there);
    }

    /// <summary>Where trunk is in the person's repository, or null.</summary>
    public static async Task<string?> TrunkIn(Repository repository)
    {
        var name = $"refs/heads/{repository.Trunk}";
        if (RefFiles.Read(repository.CommonDirectory, name) is var answer and not RefAnswer.Unclear)
        {
            return (answer as RefAnswer.At)?.Sha;
        }

        var outcome = await repository.Git.Run("rev-parse", "--verify", "--quiet", name);
        return outcome.Succeeded ? outcome.Text : null;
    }

    private static async Task<SyncOutcome?> Fetch(Hub hub, EpochClaim claim, Repository repository, string? before)
    {
        var source = repository.Remote?.Url ?? repository.CommonDirectory;
        // Fetched to a place of its own: only the ref transaction, which verifies the epoch, moves trunk.
        var arrival = $"refs/fleet/arrived/{Guid.NewGuid():N}";
        var command = await RemoteAccess.For(hub, repository);
        var fetched = await command
            .WithTimeout(NetworkLimit)
            .Run(
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--no-auto-maintenance",
                "--end-of-options",
                source,
                $"+refs/heads/{repository.Trunk}:{arrival}"
            );
        if (fetched.Why.Contains("couldn't find remote ref", StringComparison.Ordinal))
        {
            var where = repository.Remote?.Name ?? repository.Root;
            return new SyncOutcome.Failed(
                $"{where} has no branch {repository.Trunk}. Publish it (git push -u {where} {repository.Trunk}), "
                    + "or name another: fleet init --trunk BRANCH"
            );
        }

        if (!fetched.Succeeded)
        {
            return repository.Remote is null
                ? new SyncOutcome.Failed($"Trunk could not be read from {source}: {fetched.Why}")
                : new SyncOutcome.Unreachable(fetched.Why, before is null ? null : new Commit(before));
        }

        return await Adopt(hub, claim, before, arrival);
    }

    /// <summary>None when another reader moved the hub's trunk meanwhile.</summary>
    private static async Task<SyncOutcome?> Adopt(Hub hub, EpochClaim claim, string? before, string arrival)
    {
        if (await hub.Read(arrival) is not { } arrived)
        {
            return new SyncOutcome.Failed("Trunk was fetched but is not in the hub.");
        }

        RefUpdate[] updates =
        [
            new RefUpdate.Delete(arrival, arrived),
            .. arrived == before ? [] : (RefUpdate[])[RefUpdate.From(FleetRefs.Trunk, before, arrived)],
        ];
        var moved = await RefTransaction.Apply(hub, claim, updates);
        if (moved is not RefOutcome.Changed)
        {
            return Told(moved, arrived);
        }

        await RefTransaction.Apply(hub, claim, new RefUpdate.Delete(arrival, arrived));
        return null;
    }

    private static SyncOutcome Told(RefOutcome moved, string trunk) =>
        moved switch
        {
            RefOutcome.Moved => new SyncOutcome.At(new Commit(trunk)),
            RefOutcome.StaleEpoch => new SyncOutcome.StaleEpoch(),
            RefOutcome.Failed failed => new SyncOutcome.Failed(failed.Why),
            RefOutcome.Changed or _ => throw new System.Diagnostics.UnreachableException(),
        };
}
