using Fleet.Processes;

namespace Fleet.Daemon;

/// <summary>Starts a daemon in the background, in a session of its own.</summary>
internal static class DetachedDaemon
{
    private const int OwnerOnly = 0b110_000_000;

    /// <summary>What the daemon says until it serves: the reason, when it does not come up.</summary>
    public static string Words(FleetHome home) => Path.Combine(home.Root, "up.out");

    /// <summary>Its process, or why there is none.</summary>
    public static SpawnResult Start(FleetHome home)
    {
        File.Delete(Words(home));
        var input = Libc.Open("/dev/null", Libc.OpenReadOnly | Libc.OpenCloseOnExec, 0);
        var flags = Libc.OpenWriteOnly | Libc.OpenAppend | Libc.OpenCreate | Libc.OpenCloseOnExec;
        var output = Libc.Open(Words(home), flags, OwnerOnly);
        try
        {
            if (output < 0)
            {
                return new SpawnResult.Failed($"cannot write '{Words(home)}'");
            }

            var environment = ChildProcess.InheritedEnvironment();
            environment[FleetHome.Variable] = home.Root;
            var command = OwnExecutable.Command("up");
            return PosixSpawn.Start(new SpawnRequest(command, home.Root, environment, input, output, output));
        }
        finally
        {
            _ = Libc.Close(input);
            _ = Libc.Close(output);
        }
    }
}
