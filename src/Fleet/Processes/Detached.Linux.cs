namespace Fleet.Processes;

/// <summary>Starts a process in a session of its own that no longer needs whoever started it.</summary>
internal static unsafe class Detached
{
    private const int OwnerOnly = 0b110_000_000;
    private const long LongestLog = 1024 * 1024;

    /// <summary>What it says goes to the end of <paramref name="log"/>.</summary>
    internal static SpawnResult Start(
        IReadOnlyList<string> command,
        string directory,
        IReadOnlyDictionary<string, string> environment,
        string log
    )
    {
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
                return new SpawnResult.Failed($"cannot write '{log}'");
            }

            var started = PosixSpawn.Start(new SpawnRequest(command, directory, environment, input, output, output));
            if (started is SpawnResult.Started(var pid))
            {
                ReapWhenItEnds(pid);
            }

            return started;
        }
        finally
        {
            _ = Libc.Close(input);
            _ = Libc.Close(output);
        }
    }

    /// <summary>One that ends before this process would stay a zombie.</summary>
    private static void ReapWhenItEnds(int pid)
    {
        const int StackSize = 64 * 1024;
        new Thread(() => Libc.Wait(pid, null, 0, null), StackSize) { IsBackground = true }.Start();
    }
}
