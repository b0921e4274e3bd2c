namespace Fleet.Processes;

/// <summary>
/// A number that every process of one run carries: the soft limit on real-time CPU. Children inherit it through
/// setsid, double forks and an emptied environment; it limits only real-time scheduling, which runs do not have.
/// </summary>
internal readonly record struct Mark(ulong Value)
{
    private const int RealTimeLimit = 15;

    /// <summary>Marks lie above any limit a person would set: 2^61 microseconds are 73,000 years.</summary>
    private const ulong Lowest = 1UL << 61;

    internal static Mark New()
    {
        // A random identifier, because .NET's cryptography would load megabytes of OpenSSL into the keeper.
        Span<byte> random = stackalloc byte[16];
        _ = Guid.NewGuid().TryWriteBytes(random);
        var bits = BitConverter.ToUInt64(random) ^ BitConverter.ToUInt64(random[8..]);
        return new Mark(Lowest | (bits & (Lowest - 1)));
    }

    /// <summary>The mark that a process carries, if any.</summary>
    internal static unsafe Mark? Of(int pid)
    {
        Libc.Limit limit;
        if (Libc.ProcessLimit(pid, RealTimeLimit, null, &limit) != 0)
        {
            // Another user's process, or a set-uid one: its limits are still readable as a file.
            return System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == Libc.Eperm ? FromFile(pid) : null;
        }

        return Known(limit.Soft);
    }

    /// <summary>
    /// Starts a process that carries this mark. Callers hold one lock: the limit is the whole process's.
    /// </summary>
    internal unsafe SpawnResult Spawn(SpawnRequest request)
    {
        Libc.Limit before;
        var after = new Libc.Limit { Soft = Value, Hard = ulong.MaxValue };
        if (
            Libc.ProcessLimit(0, RealTimeLimit, null, &before) != 0
            || before.Hard != ulong.MaxValue
            || Libc.ProcessLimit(0, RealTimeLimit, &after, null) != 0
        )
        {
            return new SpawnResult.Failed("runs cannot be marked here: 'ulimit -HR' must be unlimited");
        }

        try
        {
            return PosixSpawn.Start(request);
        }
        finally
        {
            _ = Libc.ProcessLimit(0, RealTimeLimit, &before, null);
        }
    }

    private static Mark? Known(ulong soft) => soft is >= Lowest and < Lowest * 2 ? new Mark(soft) : null;

    private static Mark? FromFile(int pid)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{pid}/limits"))
            {
                const string Title = "Max realtime timeout";
                if (line.StartsWith(Title, StringComparison.Ordinal))
                {
                    var soft = line[Title.Length..].TrimStart();
                    return ulong.TryParse(soft[..soft.IndexOf(' ')], out var value) ? Known(value) : null;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return null;
    }
}
