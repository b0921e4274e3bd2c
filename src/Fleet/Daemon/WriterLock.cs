using System.Globalization;
using System.Text;
using Fleet.Processes;

namespace Fleet.Daemon;

/// <summary>Held by whoever may append to this home's log: the daemon for its life, the CLI for one request.</summary>
internal sealed class WriterLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(100);

    private readonly FileLock held;

    private WriterLock(FileLock held) => this.held = held;

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
    public static int Holder(FleetHome home)
    {
        try
        {
            return int.TryParse(
                File.ReadAllText(home.WriterHolder),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var pid
            )
                ? pid
                : 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>
    /// When the holder last gave a sign of life: it does while it opens a long log and has no door to answer at yet.
    /// </summary>
    public static DateTime LastSign(FleetHome home) => File.GetLastWriteTimeUtc(home.WriterHolder);

    /// <summary>Gives signs of life until disposed.</summary>
    public static ITimer GiveSigns(FleetHome home, TimeProvider clock) =>
        clock.CreateTimer(_ => GiveSign(home), state: null, Heartbeat, Heartbeat);

    public void Dispose() => held.Dispose();

    private static void GiveSign(FleetHome home)
    {
        try
        {
            File.SetLastWriteTimeUtc(home.WriterHolder, DateTime.UtcNow);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // On a full disk there may be no such file; the next sign may find one.
        }
    }

    private static WriterLock? TryTake(FleetHome home)
    {
        if (FileLock.TryTake(home.WriterLock) is not { } held)
        {
            return null;
        }

        Name(home);
        return new WriterLock(held);
    }

    /// <summary>
    /// Beside the lock, because a locked file cannot be read by others. On a full disk the name is missing.
    /// </summary>
    private static void Name(FleetHome home)
    {
        try
        {
            var pid = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            DurableFile.ReplaceUnsynced(home.WriterHolder, Encoding.ASCII.GetBytes(pid));
        }
        catch (IOException)
        {
            File.Delete(home.WriterHolder);
        }
    }
}
