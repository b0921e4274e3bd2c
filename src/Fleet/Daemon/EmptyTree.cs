using System.Collections.Immutable;
using Fleet.Coders;
using Fleet.Processes;
using Fleet.Rules.Settings;

namespace Fleet.Daemon;

/// <summary>Tries gates where there is nothing to test: one that passes there can refuse nothing.</summary>
internal static class EmptyTree
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>The gates that pass on an empty tree.</summary>
    public static async Task<IReadOnlyList<GateSettings>> Passed(
        ImmutableArray<GateSettings> gates,
        CancellationToken stop
    )
    {
        var scratch = Directory.CreateTempSubdirectory("fleet-doctor-").FullName;
        try
        {
            var passed = new List<GateSettings>();
            foreach (var gate in gates)
            {
                if (await Passes(gate, scratch, stop))
                {
                    passed.Add(gate);
                }
            }

            return passed;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<bool> Passes(GateSettings gate, string scratch, CancellationToken stop)
    {
        var empty = Directory.CreateDirectory(Path.Combine(scratch, Path.GetRandomFileName())).FullName;
        var temporary = Directory.CreateDirectory(Path.Combine(scratch, Path.GetRandomFileName())).FullName;
        var command = new ChildCommand(["/bin/sh", "-c", gate.Run], empty)
        {
            Environment = RunEnvironment.ForGate(empty, temporary),
            Timeout = Longest,
            OutputLimit = 64 * 1024,
        };
        return (await ChildProcess.Run(command, stop)).Succeeded;
    }
}
