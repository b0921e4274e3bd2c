using System.Collections.Immutable;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>A ref that only helped a run, and the commit it points to.</summary>
internal sealed record SpentPin(string Name, Commit Commit);

/// <summary>
/// Bases and heads of runs that nobody asks for any more: their commits are held by kept work or by trunk as well.
/// </summary>
internal static class SpentPins
{
    public static async Task<ImmutableArray<SpentPin>> List(Hub hub, Func<RunId, bool> isOver)
    {
        var alone = await HeldByNothingElse(hub);
        const string format = "--format=%(refname) %(objectname)";
        var refs = await hub.Git.Run("for-each-ref", format, FleetRefs.AllBases, FleetRefs.AllHeads);
        return
        [
            .. from line in refs.Must("list the pins of runs").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            let parts = line.Split(' ')
            where FleetRefs.TryRun(parts[0], out var run) && isOver(run) && !alone.Contains(parts[1])
            select new SpentPin(parts[0], new Commit(parts[1])),
        ];
    }

    /// <summary>Deletes them all or none, and only if each is still where it was listed.</summary>
    public static async Task<RefOutcome> Delete(Hub hub, Epoch epoch, ImmutableArray<SpentPin> pins) =>
        await hub.Read(FleetRefs.Epoch) is { } claimed
            ? await RefTransaction.Apply(
                hub,
                new EpochClaim(epoch, claimed),
                pins.Select(pin => new RefUpdate.Delete(pin.Name, pin.Commit.Sha))
            )
            : new RefOutcome.StaleEpoch();

    /// <summary>The commits that would be lost with these refs.</summary>
    private static async Task<HashSet<string>> HeldByNothingElse(Hub hub)
    {
        string[] trunk = await hub.Read(FleetRefs.Trunk) is null ? [] : [FleetRefs.Trunk];
        var walked = await hub.Git.Run([
            "rev-list",
            $"--glob={FleetRefs.AllBases}*",
            $"--glob={FleetRefs.AllHeads}*",
            "--not",
            $"--glob={FleetRefs.AllKept}*",
            .. trunk,
        ]);
        return walked.Must("look for what only pins hold").Split('\n').ToHashSet(StringComparer.Ordinal);
    }
}
