using System.Net.Sockets;
using Fleet.Processes;

namespace Fleet.Daemon;

/// <summary>Starts the daemon in the background and waits until it serves.</summary>
internal static class DaemonLaunch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static string LogPath(FleetHome home) => Path.Combine(home.Root, "daemon.out");

    /// <summary>Null when a daemon serves this home, else why none does.</summary>
    public static async Task<string?> Start(
        FleetHome home,
        Func<string> socket,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        Directory.CreateDirectory(home.Root);
        var environment = ChildProcess.InheritedEnvironment();
        environment[FleetHome.Variable] = home.Root;
        var before = File.Exists(LogPath(home)) ? new FileInfo(LogPath(home)).Length : 0;
        if (Detached.Start(OwnExecutable.Command("up"), home.Root, environment, LogPath(home)) is { } why)
        {
            return why;
        }

        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < Patience)
        {
            if (await Listens(socket(), stop))
            {
                return null;
            }

            await Task.Delay(Pause, clock, stop);
        }

        return Said(home, before);
    }

    private static async Task<bool> Listens(string address, CancellationToken stop)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(address), stop);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>What the new daemon printed before it gave up.</summary>
    private static string Said(FleetHome home, long from)
    {
        const int longest = 2_000;
        using var log = new FileStream(LogPath(home), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(Math.Min(from, log.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        var said = reader.ReadToEnd().Trim();
        return said.Length == 0 ? $"it does not serve after {Patience}" : said[..Math.Min(longest, said.Length)];
    }
}
