using System.Runtime.InteropServices;

namespace Fleet.Processes;

/// <summary>A lock that its holder's death releases, whatever the cause.</summary>
internal sealed unsafe class FileLock : IDisposable
{
    private const int Exclusive = 2;
    private const int AtOnce = 4;
    private const int OwnerOnly = 0b110_000_000;
    private const int CurrentDirectory = -100;
    private readonly int _descriptor;

    private FileLock(int descriptor) => _descriptor = descriptor;

    /// <summary>Null where another process holds it.</summary>
    internal static FileLock? TryTake(string path)
    {
        var flags = Libc.OpenReadWrite | Libc.OpenCreate | Libc.OpenCloseOnExec;
        var descriptor = Libc.Open(path, flags, OwnerOnly);
        if (descriptor < 0)
        {
            throw new IOException($"cannot open '{path}': {Libc.Describe(Marshal.GetLastPInvokeError())}");
        }

        // The file may have been set aside between the two calls: then this is a lock on nothing.
        if (Libc.Flock(descriptor, Exclusive | AtOnce) == 0 && FileOf(descriptor, "") == FileOf(CurrentDirectory, path))
        {
            return new FileLock(descriptor);
        }

        _ = Libc.Close(descriptor);
        return null;
    }

    public void Dispose() => _ = Libc.Close(_descriptor);

    /// <summary>Which file it is; none when it is gone.</summary>
    private static (ulong Inode, ulong Device)? FileOf(int directory, string path)
    {
        const int Size = 256;
        const int DescriptorItself = 0x1000;
        const int BasicFields = 0x7ff;
        const int InodeOffset = 32;
        const int DeviceOffset = 136;
        var answer = stackalloc byte[Size];
        return Libc.FileStatus(directory, path, path.Length == 0 ? DescriptorItself : 0, BasicFields, answer) == 0
            ? (*(ulong*)(answer + InodeOffset), *(ulong*)(answer + DeviceOffset))
            : null;
    }
}
