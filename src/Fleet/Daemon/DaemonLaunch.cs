using Fleet.Processes;

namespace Fleet.Daemon;

/// <summary>What came of starting a daemon in the background.</summary>
internal abstract record LaunchOutcome
{
    private LaunchOutcome() { }

    internal sealed record Serves(int Pid) : LaunchOutcome;

    /// <summary>It ended before it served; these are its words.</summary>
    internal sealed record Died(string Words) : LaunchOutcome;

    internal sealed record Silent(TimeSpan After) : LaunchOutcome;
}

/// <summary>Starts the daemon in the background, in a session of its own, and waits until it serves.</summary>
internal static class DaemonLaunch
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task<LaunchOutcome> Start(FleetHome home, TimeProvider clock, CancellationToken stop)
    {
        Directory.CreateDirectory(home.Root, OwnerOnly);
        File.Delete(Words(home));
        var environment = ChildProcess.InheritedEnvironment();
        environment[FleetHome.Variable] = home.Root;
        switch (Detached.Start(OwnExecutable.Command("up"), home.Root, environment, Words(home)))
        {
            case SpawnResult.Started(var pid):
                return await Served(home, pid, clock, stop);
            case SpawnResult.Failed(var why):
                return new LaunchOutcome.Died(why);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>What the daemon says until it serves: the reason, when it does not come up.</summary>
    private static string Words(FleetHome home) => Path.Combine(home.Root, "up.out");

    private static async Task<LaunchOutcome> Served(FleetHome home, int pid, TimeProvider clock, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < Patience)
        {
            if (ControlSocket.Answers(ControlSocket.Of(home)))
            {
                return new LaunchOutcome.Serves(pid);
            }

            if (ProcStat.Read(pid) is null or { IsDead: true })
            {
                return new LaunchOutcome.Died(
                    File.Exists(Words(home)) ? await File.ReadAllTextAsync(Words(home), stop) : ""
                );
            }

            await Task.Delay(Pause, clock, stop);
        }

        return new LaunchOutcome.Silent(Patience);
    }
}
