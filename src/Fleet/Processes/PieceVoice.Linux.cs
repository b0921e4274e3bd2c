using System.Runtime.InteropServices;
using System.Text;

namespace Fleet.Processes;

/// <summary>Speaks to a piece through its FIFO, and keeps what was said in a file beside it.</summary>
/// <remarks>
/// A line is written down after it was sent: a successor that finds it there does not say it again. One that was sent
/// in the very moment of a daemon's death may be said twice.
/// </remarks>
internal sealed class PieceVoice(string directory) : IDisposable
{
    private const int Eagain = 11;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly string said = Path.Combine(directory, "said");
    private int fifo = -1;

    /// <summary>How many lines were said, by this daemon or an earlier one.</summary>
    public int Said { get; private set; } =
        File.Exists(Path.Combine(directory, "said")) ? File.ReadLines(Path.Combine(directory, "said")).Count() : 0;

    /// <summary>Waits while the piece does not read.</summary>
    /// <param name="gone">The piece has ended: nobody will ever read what does not fit into the pipe.</param>
    /// <returns>False when it was given up because the piece is gone.</returns>
    public async Task<bool> Say(string line, CancellationToken gone, CancellationToken stop)
    {
        if (!await SayAside(line, gone, stop))
        {
            return false;
        }

        await File.AppendAllTextAsync(said, $"{line}\n", CancellationToken.None);
        Said++;
        return true;
    }

    /// <summary>Says what does not follow from the piece's output alone: nothing counts or keeps it.</summary>
    public async Task<bool> SayAside(string line, CancellationToken gone, CancellationToken stop)
    {
        var bytes = Encoding.UTF8.GetBytes($"{line}\n");
        Open();
        for (var sent = 0; sent < bytes.Length; )
        {
            var count = Write(bytes.AsSpan(sent));
            sent += count;
            if (count == 0)
            {
                if (gone.IsCancellationRequested)
                {
                    return false;
                }

                await Task.Delay(Pause, stop);
            }
        }

        return true;
    }

    public void Dispose()
    {
        if (fifo >= 0)
        {
            _ = Libc.Close(fifo);
            fifo = -1;
        }
    }

    /// <summary>For reading as well: so it opens at once, and a piece that died breaks no pipe.</summary>
    private void Open()
    {
        if (fifo >= 0)
        {
            return;
        }

        var path = new PieceFiles(directory).InputPath;
        fifo = Libc.Open(path, Libc.OpenReadWrite | Libc.OpenNonBlocking | Libc.OpenCloseOnExec, 0);
        if (fifo < 0)
        {
            throw new IOException($"cannot open '{path}': {Libc.Describe(Marshal.GetLastPInvokeError())}");
        }
    }

    private unsafe int Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var count = Libc.Write(fifo, start, bytes.Length);
            var error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            return error is 0 or Eagain
                ? (int)Math.Max(count, 0)
                : throw new IOException($"cannot speak to '{directory}': {Libc.Describe(error)}");
        }
    }
}
