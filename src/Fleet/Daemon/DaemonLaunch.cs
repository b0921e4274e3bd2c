using Fleet.Processes;
using Fleet.Rules.Settings;

namespace Fleet.Daemon;

/// <summary>Starts the daemon in the background and waits until it serves.</summary>
internal static class DaemonLaunch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static string LogPath(FleetHome home) => Path.Combine(home.Root, "daemon.out");

    /// <summary>Null when a daemon serves this home, else why none does.</summary>
    public static async Task<string?> Start(FleetHome home, TimeProvider clock, CancellationToken stop)
    {
        Directory.CreateDirectory(home.Root);
        var environment = ChildProcess.InheritedEnvironment();
        environment[FleetHome.Variable] = home.Root;
        var before = File.Exists(LogPath(home)) ? new FileInfo(LogPath(home)).Length : 0;
        var started = Detached.Start(OwnExecutable.Command("up"), home.Root, environment, LogPath(home));
        if (started is not SpawnResult.Started(var pid))
        {
            return ((SpawnResult.Failed)started).Why;
        }

        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < Patience)
        {
            if (ControlSocket.Answers(ControlSocket.Of(home)))
            {
                return null;
            }

            if (ProcStat.Read(pid) is null or { IsDead: true })
            {
                return Said(home, before);
            }

            await Task.Delay(Pause, clock, stop);
        }

        return Said(home, before);
    }

    /// <summary>What the new daemon printed before it gave up.</summary>
    private static string Said(FleetHome home, long from)
    {
        const int longest = 2_000;
        using var log = new FileStream(LogPath(home), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(Math.Min(from, log.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        var said = reader.ReadToEnd().Trim();
        return said.Length == 0
            ? $"it does not serve after {DurationText.Write(Patience)}"
            : said[..Math.Min(longest, said.Length)];
    }
}
