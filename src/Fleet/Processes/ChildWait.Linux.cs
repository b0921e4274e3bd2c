using System.Diagnostics;

namespace Fleet.Processes;

/// <summary>Follows one child to its end, or ends it when its time is over.</summary>
internal static unsafe class ChildWait
{
    private const int SignalKill = 9;
    private const int OpenProcessDescriptor = 434;
    private const int LongestPoll = 60_000;

    internal static ChildAnswer ToTheEnd(int pid, ChildPipes pipes, TimeSpan timeout, CancellationToken cancellation)
    {
        var descriptor = (int)Libc.SystemCall(OpenProcessDescriptor, pid, 0, 0, 0);
        try
        {
            if (descriptor < 0)
            {
                _ = Libc.Kill(-pid, SignalKill);
                _ = Libc.Wait(pid, null, 0, null);
                throw new IOException("no descriptor for a child process: too many open files?");
            }

            // The child stays unreaped until the wait below, so its number cannot belong to a stranger.
            using var cancelled = cancellation.Register(() => Libc.Kill(-pid, SignalKill));
            var timedOut = Follow(pid, descriptor, pipes, timeout);
            pipes.Drain();
            cancelled.Dispose();
            int status;
            Libc.Usage usage;
            var reaped = Libc.Wait(pid, &status, 0, &usage);
            var end = reaped == pid ? ProcessEnd.FromStatus(status) : new ProcessEnd.Lost();
            var truncated = pipes.Output.Truncated || pipes.Errors.Truncated;
            return new ChildAnswer(end, pipes.Output.ToArray(), pipes.Errors.ToArray(), timedOut, truncated);
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }

    private static bool Follow(int pid, int descriptor, ChildPipes pipes, TimeSpan timeout)
    {
        var watch = Stopwatch.StartNew();
        var timedOut = false;
        while (true)
        {
            var left = timedOut ? LongestPoll : (timeout - watch.Elapsed).TotalMilliseconds;
            if (pipes.Wait(descriptor, (int)Math.Clamp(Math.Ceiling(left), 0, LongestPoll)))
            {
                return timedOut;
            }

            if (!timedOut && watch.Elapsed >= timeout)
            {
                timedOut = true;
                _ = Libc.Kill(-pid, SignalKill);
            }
        }
    }
}
