using Fleet.Rules;

namespace Fleet.Git;

/// <summary>What became of bringing the hub's trunk up to date.</summary>
internal abstract record SyncOutcome
{
    private SyncOutcome() { }

    internal sealed record At(Commit Trunk) : SyncOutcome;

    /// <summary>The remote did not answer; local work goes on from <see cref="LastKnown"/>, if there is one.</summary>
    internal sealed record Unreachable(string Why, Commit? LastKnown) : SyncOutcome;

    internal sealed record StaleEpoch : SyncOutcome;

    internal sealed record Failed(string Why) : SyncOutcome;
}

/// <summary>Brings trunk from where it lives (the remote, else the person's repository) into the hub.</summary>
internal static class TrunkSync
{
    private static readonly TimeSpan NetworkLimit = TimeSpan.FromMinutes(5);

    /// <summary>Readers of one moment may each bring a newer trunk: so often one of them is overtaken before it gives up.</summary>
    private const int MaxOvertaken = 20;

    public static async Task<SyncOutcome> Run(Hub hub, EpochClaim claim, Repository repository)
    {
        for (var overtaken = 0; overtaken < MaxOvertaken; overtaken++)
        {
            if (await TryRun(hub, claim, repository) is { } outcome)
            {
                return outcome;
            }
        }

        return new SyncOutcome.Failed("Trunk moves faster than it can be read.");
    }

    /// <summary>None when another reader moved the hub's trunk meanwhile.</summary>
    private static async Task<SyncOutcome?> TryRun(Hub hub, EpochClaim claim, Repository repository)
    {
        var before = await hub.Read(FleetRefs.Trunk);
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
        if (!fetched.Succeeded)
        {
            return repository.Remote is null
                ? new SyncOutcome.Failed($"Trunk could not be read from {source}: {fetched.Why}")
                : new SyncOutcome.Unreachable(fetched.Why, before is null ? null : new Commit(before));
        }

        return await Adopt(hub, claim, before, arrival);
    }

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
        return await RefTransaction.Apply(hub, claim, updates) switch
        {
            RefOutcome.Moved => new SyncOutcome.At(new Commit(arrived)),
            RefOutcome.StaleEpoch => new SyncOutcome.StaleEpoch(),
            RefOutcome.Changed => null,
            RefOutcome.Failed failed => new SyncOutcome.Failed(failed.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
