using System.Globalization;
using Fleet.Rules;

namespace Fleet.Daemon.Effects;

/// <summary>Gives each run ten ports that no other live run of this home was given.</summary>
internal sealed class RunPorts(FleetHome home, Func<FleetState> state)
{
    private const int First = 20_000;
    private const int PerRun = 10;
    private const int Blocks = 1_000;

    private readonly Lock gate = new();

    /// <summary>The first of its ports: the same answer for the same run, also from the next daemon.</summary>
    public int Of(RunId run)
    {
        lock (gate)
        {
            return Recorded(run) ?? Free(run);
        }
    }

    private int Free(RunId run)
    {
        var now = state();
        var taken = now
            .Index.Live.Select(id => now.Tasks[id].Run!.Id)
            .Where(other => other != run)
            .Select(Recorded)
            .ToHashSet();
        var block = run.Task.Number % Blocks;
        while (taken.Contains(First + (block * PerRun)))
        {
            block = (block + 1) % Blocks;
        }

        var port = First + (block * PerRun);
        File.WriteAllText(RunFiles.Ports(home.Run(run)), port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    private int? Recorded(RunId run)
    {
        var file = RunFiles.Ports(home.Run(run));
        return File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var port)
            ? port
            : null;
    }
}
