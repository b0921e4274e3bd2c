using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Fleet.Processes;

/// <summary>What the kernel says about one process at one moment.</summary>
internal readonly record struct ProcStat(int Pid, int Parent, char State, int Threads, long CpuTicks, long StartTicks)
{
    /// <summary>Ended but not reaped; a leader that left its threads running looks like a zombie and is none.</summary>
    internal bool IsDead => State is 'X' || (State is 'Z' && Threads <= 1);

    /// <summary>
    /// It runs nothing of its own any more once a stop signal was sent: stopped, traced or in the kernel.
    /// </summary>
    internal bool IsHalted => State is 'T' or 't' or 'D' || IsDead;

    internal ProcessIdentity Identity => new(BootId.Current, Pid, StartTicks);

    /// <summary>Null when there is no such process.</summary>
    internal static unsafe ProcStat? Read(int pid)
    {
        const int Size = 1024;
        var buffer = stackalloc byte[Size];
        var descriptor = Libc.Open($"/proc/{pid}/stat", Libc.OpenReadOnly | Libc.OpenCloseOnExec, 0);
        if (descriptor < 0)
        {
            // Only a process that is gone may look gone: out of descriptors, every tree would seem empty.
            var error = Marshal.GetLastPInvokeError();
            return error is Libc.Enoent or Libc.Esrch
                ? null
                : throw new IOException($"cannot read '/proc/{pid}/stat': {Libc.Describe(error)}");
        }

        var count = (int)Libc.Read(descriptor, buffer, Size);
        _ = Libc.Close(descriptor);
        return count > 0 ? Parse(pid, new ReadOnlySpan<byte>(buffer, count)) : null;
    }

    internal static ProcStat? Parse(int pid, ReadOnlySpan<byte> text)
    {
        // The name is in brackets and may itself hold brackets and spaces: the last one closes it.
        var close = text.LastIndexOf((byte)')');
        if (close < 0 || close + 3 > text.Length)
        {
            return null;
        }

        var rest = text[(close + 2)..];
        var state = (char)rest[0];
        Span<long> fields = stackalloc long[20];
        for (var i = 0; i < 20; i++)
        {
            _ = Utf8Parser.TryParse(rest, out fields[i], out _);
            var space = rest.IndexOf((byte)' ');
            if (space < 0)
            {
                return null;
            }

            rest = rest[(space + 1)..];
        }

        // Fields 11 to 14: its own user and system time, then those of the children it has reaped.
        var cpu = fields[11] + fields[12] + fields[13] + fields[14];
        return new ProcStat(pid, (int)fields[1], state, (int)fields[17], cpu, fields[19]);
    }
}
