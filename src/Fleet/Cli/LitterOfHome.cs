using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Daemon.Effects;
using Fleet.Rules;

namespace Fleet.Cli;

/// <summary>What lies about in a home: what can be made again, first, and what stays.</summary>
internal static class LitterOfHome
{
    public static List<Litter> Of(FleetHome home, HashSet<TaskId> open) =>
        [.. Checkouts(home, open), .. Scratch(home, open), .. Kept(home)];

    /// <summary>Gates run in a fresh checkout each time; one left over is of a gate that was cut short.</summary>
    private static IEnumerable<Litter> Checkouts(FleetHome home, HashSet<TaskId> open)
    {
        foreach (var gate in Below(home.Gates))
        {
            var task = Path.GetFileName(gate).Split('.')[0];
            if (!TaskId.TryParse(task, out var id) || open.Contains(id))
            {
                continue;
            }

            foreach (var checkout in Directory.EnumerateDirectories(gate, $"{GateEffects.CheckoutName}*"))
            {
                yield return new Litter("gate checkout", checkout, Litter.Size(checkout), true, $"task {id} has ended");
            }
        }
    }

    private static IEnumerable<Litter> Scratch(FleetHome home, HashSet<TaskId> open)
    {
        foreach (var run in Below(home.Runs))
        {
            var scratch = RunFiles.Scratch(run);
            if (
                RunId.TryParse(Path.GetFileName(run), out var id)
                && !open.Contains(id.Task)
                && Directory.Exists(scratch)
            )
            {
                yield return new Litter("scratch", scratch, Litter.Size(scratch), true, $"TMPDIR of run {id}");
            }
        }
    }

    private static IEnumerable<Litter> Kept(FleetHome home)
    {
        (string Kind, string Path, string Why)[] kept =
        [
            ("worktrees", home.Worktrees, "the daemon removes each once its work is pinned"),
            ("hubs", home.Hubs, "refs/fleet/kept holds the work of every run"),
            ("transcripts", home.Runs, "what every run printed, named in the record"),
            ("plans and knowledge", home.Tasks, "what the runs of a task wrote down for those after them"),
            ("gate output", home.Gates, "the evidence, named in the record"),
            ("record", home.Database, "what happened"),
        ];
        return kept.Where(item => Path.Exists(item.Path))
            .Select(item => new Litter(item.Kind, item.Path, Litter.Size(item.Path), false, item.Why));
    }

    private static IEnumerable<string> Below(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal) : [];
}
