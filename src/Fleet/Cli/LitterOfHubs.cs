using System.Collections.Immutable;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Git;
using Fleet.Rules;

namespace Fleet.Cli;

/// <summary>What the hubs pin: refs that only helped ended runs, and the work that is kept for good.</summary>
internal sealed class LitterOfHubs
{
    private readonly List<(Hub Hub, ImmutableArray<SpentPin> Pins)> spent = [];
    private readonly List<Litter> kept = [];

    public IEnumerable<Litter> Found =>
        spent.Where(of => of.Pins.Length > 0).Select(of => Row(of.Hub, of.Pins.Length)).Concat(kept);

    public static async Task<LitterOfHubs> Of(FleetHome home, HashSet<TaskId> open)
    {
        var found = new LitterOfHubs();
        var paths = Directory.Exists(home.Hubs) ? Directory.EnumerateDirectories(home.Hubs, "*.git") : [];
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            await found.Look(new Hub(new RepositoryName(Path.GetFileNameWithoutExtension(path)), path), open);
        }

        return found;
    }

    /// <summary>None when all went, else why not.</summary>
    public async Task<string?> Delete(Epoch epoch)
    {
        foreach (var (hub, pins) in spent.Where(of => of.Pins.Length > 0))
        {
            if (await SpentPins.Delete(hub, epoch, pins) is not RefOutcome.Moved and var outcome)
            {
                return outcome is RefOutcome.Failed failed ? failed.Why : "a daemon changed them meanwhile";
            }
        }

        return null;
    }

    private async Task Look(Hub hub, HashSet<TaskId> open)
    {
        try
        {
            spent.Add((hub, await SpentPins.List(hub, run => !open.Contains(run.Task))));
            kept.AddRange(Kept(hub, await KeptRefs.List(hub)));
        }
        catch (GitFailedException unreadable)
        {
            throw new UserErrorException(
                new UserError(Answer.Failed, "a hub cannot be read", hub.Path, unreadable.Message, "fleet doctor")
            );
        }
    }

    private static Litter Row(Hub hub, int pins) =>
        new("refs", hub.Path, 0, true, $"{Words.Count(pins, "ref")} of ended runs; kept work or trunk hold the same");

    /// <summary>Work that is nowhere else by name; what is on trunk as well is only counted.</summary>
    private static IEnumerable<Litter> Kept(Hub hub, ImmutableArray<KeptRun> runs)
    {
        foreach (var run in runs.Where(run => !run.Landed))
        {
            var why = $"work of run {run.Run} of {hub.Name}, not on trunk: {run.Kept.Short}";
            yield return new Litter("kept work", FleetRefs.Kept(run.Run), 0, false, why);
        }

        if (runs.Count(run => run.Landed) is > 0 and var landed)
        {
            yield return new Litter(
                "kept work",
                hub.Path,
                0,
                false,
                $"{Words.Count(landed, "run")} whose work is on trunk"
            );
        }
    }
}
