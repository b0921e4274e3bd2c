using System.Collections.Immutable;
using Fleet.Cli.Output;
using Fleet.Coders;
using Fleet.Processes;
using Fleet.Rules.Settings;

namespace Fleet.Cli.Doctor;

/// <summary>A gate that passes where there is nothing to test can refuse nothing: each is tried on an empty tree.</summary>
internal static class EmptyTreeGates
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static async Task<IEnumerable<Check>> Of(
        string name,
        ImmutableArray<GateSettings> gates,
        CancellationToken stop
    )
    {
        var scratch = Directory.CreateTempSubdirectory("fleet-doctor-").FullName;
        try
        {
            var checks = new List<Check>();
            foreach (var gate in gates)
            {
                checks.Add(await Of(name, gate, scratch, stop));
            }

            return checks;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<Check> Of(string name, GateSettings gate, string scratch, CancellationToken stop)
    {
        var empty = Directory.CreateDirectory(Path.Combine(scratch, Path.GetRandomFileName())).FullName;
        var temporary = Directory.CreateDirectory(Path.Combine(scratch, Path.GetRandomFileName())).FullName;
        var command = new ChildCommand(["/bin/sh", "-c", gate.Run], empty)
        {
            Environment = RunEnvironment.ForGate(empty, temporary),
            Timeout = Longest,
            OutputLimit = 64 * 1024,
        };
        var answer = await ChildProcess.Run(command, stop);
        return answer.Succeeded
            ? Check.Warning(name, $"gate {gate.Name} passes on an empty tree: it refuses nothing", $"mend: {gate.Run}")
            : Check.Good(name, $"gate {gate.Name} fails on an empty tree, as it should");
    }
}
