using System.Runtime.InteropServices;

namespace Fleet.Processes;

/// <summary>A child that has ended and was taken off the kernel's list.</summary>
internal readonly record struct ReapedChild(int Pid, ProcessEnd End, double CpuSeconds, long MaximumResidentKilobytes);

/// <summary>Takes the status of every child of this process, its own and those that fell to it.</summary>
internal static unsafe class Reaper
{
    private const int AllChildren = 0;
    private const int Exited = 0x4;
    private const int LeaveIt = 0x01000000;
    private const int BecomeSubreaper = 36;

    /// <summary>From now on orphans among this process's descendants become its children.</summary>
    internal static void AdoptOrphans() => _ = Libc.ProcessControl(BecomeSubreaper, 1, 0, 0, 0);

    /// <summary>
    /// Blocks until some child has ended, and leaves it unreaped; null when there are no children at all.
    /// </summary>
    internal static int? AwaitEnded()
    {
        while (true)
        {
            Libc.ChildInfo info = default;
            if (Libc.WaitId(AllChildren, 0, &info, Exited | LeaveIt) == 0)
            {
                return info.Pid;
            }

            if (Marshal.GetLastPInvokeError() == Libc.Echild)
            {
                return null;
            }
        }
    }

    /// <summary>Reaps a child that has ended; its number is free for strangers afterwards.</summary>
    internal static ReapedChild Reap(int pid)
    {
        int status;
        Libc.Usage usage;
        var reaped = Libc.Wait(pid, &status, 0, &usage);
        if (reaped != pid)
        {
            return new ReapedChild(pid, new ProcessEnd.Lost(), 0, 0);
        }

        var micro = usage.UserMicroseconds + usage.SystemMicroseconds;
        var cpu = usage.UserSeconds + usage.SystemSeconds + (micro / 1_000_000.0);
        return new ReapedChild(pid, ProcessEnd.FromStatus(status), cpu, usage.MaximumResidentKilobytes);
    }
}
