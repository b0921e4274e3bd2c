using System.Runtime.InteropServices;

namespace Fleet.Processes;

/// <summary>The calls into the C library that Fleet makes itself, as they are.</summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    internal const int Eperm = 1;
    internal const int Enoent = 2;
    internal const int Esrch = 3;
    internal const int Eintr = 4;
    internal const int Echild = 10;
    internal const int Eagain = 11;
    internal const int Eexist = 17;

    internal const int OpenReadOnly = 0x0;
    internal const int OpenWriteOnly = 0x1;
    internal const int OpenReadWrite = 0x2;
    internal const int OpenCreate = 0x40;
    internal const int OpenAppend = 0x400;
    internal const int OpenNonBlocking = 0x800;
    internal const int OpenDirectory = 0x10000;
    internal const int OpenNoFollow = 0x20000;
    internal const int OpenCloseOnExec = 0x80000;

    internal const int SetStatusFlags = 4;
    internal const int ExecutableMode = 1;

    internal const short PollIn = 0x1;
    internal const short PollOut = 0x4;

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Seen;
    }

    /// <summary>One resource limit of a process: soft, then hard.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Limit
    {
        internal ulong Soft;
        internal ulong Hard;
    }

    /// <summary>The head of <c>struct rusage</c>; the kernel fills 144 bytes, of which Fleet reads these.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    internal struct Usage
    {
        internal long UserSeconds;
        internal long UserMicroseconds;
        internal long SystemSeconds;
        internal long SystemMicroseconds;
        internal long MaximumResidentKilobytes;
    }

    /// <summary>The head of <c>siginfo_t</c> as waitid fills it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    internal struct ChildInfo
    {
        [FieldOffset(16)]
        internal int Pid;
    }

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags, int mode);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nint length);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* buffer, nint length);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Fsync(int descriptor);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    internal static partial int Flock(int descriptor, int operation);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "pipe2", SetLastError = true)]
    internal static partial int Pipe(int* ends, int flags);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollEntry* entries, ulong count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeFifo(string path, uint mode);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FileStatus(int directory, string path, int flags, uint fields, byte* answer);

    [LibraryImport(Library, EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeDirectory(string path, uint mode);

    [LibraryImport(Library, EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Access(string path, int mode);

    [LibraryImport(Library, EntryPoint = "umask")]
    internal static partial uint Umask(uint mask);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport(Library, EntryPoint = "waitid", SetLastError = true)]
    internal static partial int WaitId(int kind, uint id, ChildInfo* info, int options);

    [LibraryImport(Library, EntryPoint = "wait4", SetLastError = true)]
    internal static partial int Wait(int pid, int* status, int options, Usage* usage);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport(Library, EntryPoint = "prlimit64", SetLastError = true)]
    internal static partial int ProcessLimit(int pid, int resource, Limit* replacement, Limit* current);

    [LibraryImport(Library, EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Spawn(int* pid, string path, void* actions, void* traits, byte** argv, byte** envp);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    internal static partial int SpawnTraitsInit(void* traits);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int SpawnTraitsDestroy(void* traits);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SpawnTraitsFlags(void* traits, short flags);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int SpawnTraitsDefaults(void* traits, void* signals);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SpawnTraitsMask(void* traits, void* signals);

    [LibraryImport(Library, EntryPoint = "sigfillset")]
    internal static partial int SignalsAll(void* signals);

    [LibraryImport(Library, EntryPoint = "sigemptyset")]
    internal static partial int SignalsNone(void* signals);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int SpawnActionsInit(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int SpawnActionsDestroy(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int SpawnActionsDuplicate(void* actions, int from, int to);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    internal static partial int SpawnActionsCloseFrom(void* actions, int first);

    [LibraryImport(
        Library,
        EntryPoint = "posix_spawn_file_actions_addchdir_np",
        StringMarshalling = StringMarshalling.Utf8
    )]
    internal static partial int SpawnActionsDirectory(void* actions, string path);

    /// <summary>What an error number says, as the C library words it.</summary>
    internal static string Describe(int error) => Marshal.GetPInvokeErrorMessage(error);
}
