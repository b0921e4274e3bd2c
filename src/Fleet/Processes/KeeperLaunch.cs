using System.Diagnostics;

namespace Fleet.Processes;

/// <summary>Starts a keeper that no longer needs whoever started it.</summary>
internal static unsafe class KeeperLaunch
{
    private const int OwnerOnly = 0b110_000_000;
    private const long LongestLog = 1024 * 1024;

    internal static string LogPath(string home) => Path.Combine(home, "keeper.log");

    /// <summary>Null when it was started, else why not.</summary>
    internal static string? Start(string home, IReadOnlyList<string> command)
    {
        var log = LogPath(home);
        if (File.Exists(log) && new FileInfo(log).Length > LongestLog)
        {
            File.Delete(log);
        }

        var input = Libc.Open("/dev/null", Libc.OpenReadOnly | Libc.OpenCloseOnExec, 0);
        var flags = Libc.OpenWriteOnly | Libc.OpenAppend | Libc.OpenCreate | Libc.OpenCloseOnExec;
        var output = Libc.Open(log, flags, OwnerOnly);
        try
        {
            if (output < 0)
            {
                return $"cannot write '{log}'";
            }

            var environment = ChildProcess.InheritedEnvironment();
            KeepSmall(environment);
            switch (PosixSpawn.Start(new SpawnRequest(command, home, environment, input, output, output)))
            {
                case SpawnResult.Started(var pid):
                    ReapWhenItEnds(pid);
                    return null;
                case SpawnResult.Failed(var why):
                    return $"the keeper did not start: {why}";
                default:
                    throw new UnreachableException();
            }
        }
        finally
        {
            _ = Libc.Close(input);
            _ = Libc.Close(output);
        }
    }

    /// <summary>The keeper makes little garbage and must stay small beside many runs.</summary>
    private static void KeepSmall(Dictionary<string, string> environment)
    {
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_GCHeapHardLimit"] = "0x4000000";
        environment["DOTNET_GCgen0size"] = "0x100000";
        environment["DOTNET_TieredCompilation"] = "1";
    }

    /// <summary>A keeper that leaves before this process would stay a zombie.</summary>
    private static void ReapWhenItEnds(int pid)
    {
        const int StackSize = 64 * 1024;
        new Thread(() => Libc.Wait(pid, null, 0, null), StackSize) { IsBackground = true }.Start();
    }
}
