namespace Fleet.Processes;

/// <summary>A lock that its holder's death releases, whatever the cause.</summary>
internal sealed class FileLock : IDisposable
{
    private const int Exclusive = 2;
    private const int AtOnce = 4;
    private const int OwnerOnly = 0b110_000_000;
    private readonly int _descriptor;

    private FileLock(int descriptor) => _descriptor = descriptor;

    /// <summary>Null where another process holds it.</summary>
    internal static FileLock? TryTake(string path)
    {
        var flags = Libc.OpenReadWrite | Libc.OpenCreate | Libc.OpenCloseOnExec;
        var descriptor = Libc.Open(path, flags, OwnerOnly);
        if (descriptor < 0)
        {
            var error = System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
            throw new IOException($"cannot open '{path}': {Libc.Describe(error)}");
        }

        if (Libc.Flock(descriptor, Exclusive | AtOnce) == 0)
        {
            return new FileLock(descriptor);
        }

        _ = Libc.Close(descriptor);
        return null;
    }

    public void Dispose() => _ = Libc.Close(_descriptor);
}
