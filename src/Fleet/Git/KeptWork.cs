using Fleet.Rules;

namespace Fleet.Git;

/// <summary>What is pinned for a run, and how it is read back when the worktree is long gone.</summary>
internal static class KeptWork
{
    /// <summary>The two refs of a saved run.</summary>
    internal sealed record Pins(Commit Head, Commit Kept);

    /// <summary>What an earlier call saved, with the base it stood on; null when none did.</summary>
    public static async Task<(Commit Base, Pins Kept)?> Read(Hub hub, RunId run)
    {
        var kept = await hub.Read(FleetRefs.Kept(run));
        if (kept is null || await hub.Read(FleetRefs.Head(run)) is not { } head)
        {
            return null;
        }

        return (new Commit(await hub.Read(FleetRefs.Base(run)) ?? head), new Pins(new Commit(head), new Commit(kept)));
    }

    /// <summary>Moves both refs of a run, in the epoch of the caller.</summary>
    public static Task<RefOutcome> Pin(Hub hub, EpochClaim claim, RunId run, Pins? earlier, Pins pins) =>
        earlier == pins
            ? RefTransaction.Apply(hub, claim)
            : RefTransaction.Apply(
                hub,
                claim,
                RefUpdate.From(FleetRefs.Head(run), earlier?.Head.Sha, pins.Head.Sha),
                RefUpdate.From(FleetRefs.Kept(run), earlier?.Kept.Sha, pins.Kept.Sha)
            );

    /// <summary>Tells again what was saved, from the refs alone.</summary>
    public static async Task<HarvestedWork> Describe(Hub hub, Commit @base, Pins pins)
    {
        var snapshot = await SnapshotIn(hub, pins);
        var difference = await RunDifference.Between(hub, @base, snapshot ?? pins.Head);
        return Compose(@base, pins.Head, snapshot, pins.Kept, difference, damage: null);
    }

    public static HarvestedWork Compose(
        Commit @base,
        Commit head,
        Commit? snapshot,
        Commit kept,
        RunDifference difference,
        string? damage
    ) => new(head, head != @base, snapshot, kept, difference.Paths, difference.TouchesFleetFolder, damage);

    /// <summary>Fleet's commit of the dirty tree among what is kept, or null when the tree was clean.</summary>
    public static async Task<Commit?> SnapshotIn(Hub hub, Pins pins)
    {
        if (pins.Kept == pins.Head)
        {
            return null;
        }

        var parents = await Parents(hub, pins.Kept);
        // A tie has several parents, the work first; a snapshot has one, the head.
        var work = parents.Length > 1 ? new Commit(parents[0]) : pins.Kept;
        return work == pins.Head ? null : work;
    }

    /// <summary>True when a commit already ties this work to all those others.</summary>
    public static async Task<bool> IsTieOf(Hub hub, Commit tie, Commit work, IEnumerable<string> others)
    {
        var parents = await Parents(hub, tie);
        return parents.Length > 1 && parents[0] == work.Sha && others.All(parents.Contains);
    }

    private static async Task<string[]> Parents(Hub hub, Commit commit)
    {
        var outcome = await hub.Git.Run("rev-list", "--parents", "--max-count=1", commit.Sha);
        return outcome.Must("read the kept commit").Split(' ')[1..];
    }
}
