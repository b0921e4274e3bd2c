using System.Diagnostics;

namespace Fleet.Processes;

/// <summary>Waits for processes to end, by their descriptors.</summary>
internal static unsafe class ProcessWait
{
    /// <summary>Descriptors held at once: a tree may have thousands of processes.</summary>
    private const int Most = 256;

    /// <summary>True when all of them have ended within the time.</summary>
    internal static bool UntilGone(IReadOnlyList<ProcStat> members, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var entries = stackalloc Libc.PollEntry[Most];
        for (var start = 0; start < members.Count; start += Most)
        {
            var count = Math.Min(Most, members.Count - start);

            for (var i = 0; i < count; i++)
            {
                entries[i].Descriptor = members[start + i].Identity.Open();
                entries[i].Wanted = Libc.PollIn;
            }

            if (!PollAll(entries, count, watch, time))
            {
                return false;
            }
        }

        return true;
    }

    private static bool PollAll(Libc.PollEntry* entries, int count, Stopwatch watch, TimeSpan time)
    {
        try
        {
            while (AnyOpen(entries, count))
            {
                var left = (int)Math.Clamp((time - watch.Elapsed).TotalMilliseconds, 0, int.MaxValue);
                if (Libc.Poll(entries, (ulong)count, left) == 0)
                {
                    return false;
                }

                for (var i = 0; i < count; i++)
                {
                    if (entries[i].Descriptor >= 0 && entries[i].Seen != 0)
                    {
                        Close(ref entries[i]);
                    }
                }
            }

            return true;
        }
        finally
        {
            for (var i = 0; i < count; i++)
            {
                Close(ref entries[i]);
            }
        }
    }

    private static bool AnyOpen(Libc.PollEntry* entries, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (entries[i].Descriptor >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void Close(ref Libc.PollEntry entry)
    {
        if (entry.Descriptor >= 0)
        {
            _ = Libc.Close(entry.Descriptor);
        }

        entry.Descriptor = -1;
        entry.Seen = 0;
    }
}
