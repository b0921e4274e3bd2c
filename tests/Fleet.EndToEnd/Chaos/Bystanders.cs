using System.Globalization;
using System.Text;
using Fleet.Daemon;
using Fleet.Processes;

namespace Fleet.EndToEnd.Chaos;

/// <summary>Finds processes by what they were started with, not by what Fleet wrote down about them.</summary>
internal static class Bystanders
{
    /// <summary>Every process that carries this home in its environment: daemons, keepers, runs.</summary>
    public static List<ProcessIdentity> OfHome(FleetHome home) =>
        Where(environment => environment.Contains($"FLEET_HOME={home.Root}", StringComparer.Ordinal));

    /// <summary>Every process of any run of this home.</summary>
    public static List<ProcessIdentity> OfRuns(FleetHome home) =>
        Where(environment =>
            environment.Contains($"FLEET_HOME={home.Root}", StringComparer.Ordinal)
            && environment.Any(entry => entry.StartsWith("FLEET_RUN_ID=", StringComparison.Ordinal))
        );

    /// <summary>Every process that was started from within a directory: it names it in its environment.</summary>
    public static List<ProcessIdentity> Within(string root) =>
        Where(environment => environment.Any(entry => entry.Contains($"={root}/", StringComparison.Ordinal)));

    /// <summary>The git processes that a daemon of this home left behind or still has.</summary>
    public static List<ProcessIdentity> OfGit(FleetHome home) =>
        [
            .. Processes()
                .Where(pid =>
                    Parts(pid, "cmdline") is ["git" or "/usr/bin/git", ..] and var words && Names(words, home)
                )
                .Select(ProcessIdentity.Of)
                .OfType<ProcessIdentity>(),
        ];

    public static int? Keeper(FleetHome home) =>
        Processes()
            .Where(pid => Parts(pid, "cmdline") is [.., "keeper", "--home", var of] && of == home.Root)
            .Select(pid => (int?)pid)
            .FirstOrDefault();

    private static bool Names(string[] words, FleetHome home) =>
        words.Any(word => word.Contains(home.Root, StringComparison.Ordinal));

    private static List<ProcessIdentity> Where(Func<string[], bool> isMeant) =>
        [
            .. Processes()
                .Where(pid => isMeant(Parts(pid, "environ")))
                .Select(ProcessIdentity.Of)
                .OfType<ProcessIdentity>()
                .Where(process => process.IsAlive),
        ];

    private static IEnumerable<int> Processes() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(path => Path.GetFileName(path))
            .Where(name => name.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
            .Where(pid => pid != Environment.ProcessId);

    private static string[] Parts(int pid, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/{file}")).TrimEnd('\0').Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
