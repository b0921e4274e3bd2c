using Fleet.Daemon;
using Fleet.Processes;

namespace Fleet.EndToEnd.Chaos;

/// <summary>What is killed next; several at once are drawn together.</summary>
[Flags]
internal enum Victims
{
    None = 0,
    Daemon = 1,
    Keeper = 2,
    RootOfARun = 4,
    AnyOfARun = 8,
    GitOfTheDaemon = 16,
}

/// <summary><c>kill -9</c> of real processes, chosen by chance.</summary>
internal sealed class Fault(FleetHome home, Random chance)
{
    private static readonly Victims[] Draws =
    [
        Victims.Daemon,
        Victims.Daemon,
        Victims.Daemon,
        Victims.Keeper,
        Victims.RootOfARun,
        Victims.AnyOfARun,
        Victims.Daemon | Victims.GitOfTheDaemon,
        Victims.Daemon | Victims.Keeper,
        Victims.Daemon | Victims.RootOfARun,
        Victims.Daemon | Victims.Keeper | Victims.AnyOfARun,
    ];

    public Victims Draw() => Draws[chance.Next(Draws.Length)];

    /// <summary>
    /// All victims die within moments of one another; the daemon first, so that nobody mends the rest.
    /// </summary>
    public void Strike(Victims victims, DaemonProcess daemon)
    {
        if (victims.HasFlag(Victims.Daemon))
        {
            daemon.Kill();
        }

        if (victims.HasFlag(Victims.Keeper) && Bystanders.Keeper(home) is { } keeper)
        {
            Kill(keeper);
        }

        if (victims.HasFlag(Victims.RootOfARun))
        {
            Kill(Any(Roots()));
        }

        if (victims.HasFlag(Victims.AnyOfARun))
        {
            Kill(Any([.. Bystanders.OfRuns(home).Select(process => process.Pid)]));
        }

        if (victims.HasFlag(Victims.GitOfTheDaemon))
        {
            Bystanders.OfGit(home).ForEach(git => git.Signal(Signals.Kill));
        }
    }

    private List<int> Roots() =>
        [
            .. StopEverything
                .PieceDirectories([home.Runs])
                .Select(directory => new PieceFiles(directory).Record)
                .OfType<PieceRecord>()
                .Where(record => record.Tree.Root is { IsAlive: true })
                .Select(record => record.Pid),
        ];

    private int Any(List<int> pids) => pids.Count == 0 ? 0 : pids[chance.Next(pids.Count)];

    private static void Kill(int pid)
    {
        if (pid > 0)
        {
            _ = Libc.Kill(pid, Signals.Kill);
        }
    }
}
