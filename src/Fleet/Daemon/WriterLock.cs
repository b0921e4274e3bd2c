using System.Globalization;
using System.Text;
using Fleet.Processes;
using Microsoft.Win32.SafeHandles;

namespace Fleet.Daemon;

/// <summary>Held by whoever may append to this home's log: the daemon for its life, the CLI for one request.</summary>
internal sealed class WriterLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly FileStream file;

    private WriterLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, waiting at most so long; null when someone else keeps it.</summary>
    public static async Task<WriterLock?> Take(
        FleetHome home,
        TimeSpan patience,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        Directory.CreateDirectory(home.Root);
        var deadline = clock.GetUtcNow() + patience;
        while (true)
        {
            if (TryTake(home) is { } taken)
            {
                return taken;
            }

            if (clock.GetUtcNow() >= deadline)
            {
                return null;
            }

            await Task.Delay(Pause, clock, stop);
        }
    }

    /// <summary>The process id that the holder wrote; 0 when unknown.</summary>
    /// <remarks>Opened past .NET, which would ask for a lock of its own and be refused.</remarks>
    public static int Holder(FleetHome home)
    {
        const int longest = 32;
        var descriptor = Libc.Open(home.WriterLock, Libc.OpenReadOnly | Libc.OpenCloseOnExec, 0);
        if (descriptor < 0)
        {
            return 0;
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        var bytes = new byte[longest];
        var text = Encoding.ASCII.GetString(bytes, 0, RandomAccess.Read(handle, bytes, 0));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0;
    }

    public void Dispose() => file.Dispose();

    /// <summary>.NET locks an exclusively opened file with flock on Unix; it goes when the process does.</summary>
    private static WriterLock? TryTake(FleetHome home)
    {
        try
        {
            var opened = new FileStream(home.WriterLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            opened.SetLength(0);
            opened.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            opened.Flush();
            return new WriterLock(opened);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }
}
