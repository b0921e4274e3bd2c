namespace Fleet.Processes;

/// <summary>Which start of this machine it is.</summary>
internal static class BootId
{
    internal static string Current { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}

/// <summary>Names one process for good: numbers are reused, but not within one boot at the same start tick.</summary>
internal readonly record struct ProcessIdentity(string Boot, int Pid, long StartTicks)
{
    private const int OpenDescriptor = 434;
    private const int SendSignal = 424;

    internal static ProcessIdentity? Of(int pid) => ProcStat.Read(pid)?.Identity;

    internal bool IsAlive => Is(ProcStat.Read(Pid), out var stat) && !stat.IsDead;

    /// <summary>Signals this very process, never a stranger that inherited its number; false when it is gone.</summary>
    internal bool Signal(int signal)
    {
        var descriptor = Open();
        if (descriptor < 0)
        {
            return false;
        }

        var sent = Libc.SystemCall(SendSignal, descriptor, signal, 0, 0) == 0;
        _ = Libc.Close(descriptor);
        return sent;
    }

    /// <summary>A descriptor that polls readable once the process has ended; negative when it is gone.</summary>
    internal int Open()
    {
        var descriptor = (int)Libc.SystemCall(OpenDescriptor, Pid, 0, 0, 0);
        // Verified after opening: from here on the descriptor cannot come to mean another process.
        if (descriptor >= 0 && !Is(ProcStat.Read(Pid), out _))
        {
            _ = Libc.Close(descriptor);
            return -1;
        }

        return descriptor;
    }

    private bool Is(ProcStat? found, out ProcStat stat)
    {
        stat = found.GetValueOrDefault();
        return found is not null
            && stat.StartTicks == StartTicks
            && string.Equals(Boot, BootId.Current, StringComparison.Ordinal);
    }
}
