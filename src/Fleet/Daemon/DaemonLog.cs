using System.Globalization;
using System.Text;
using Fleet.Rules.Settings;

namespace Fleet.Daemon;

/// <summary>What the daemon says about itself, for people: one text file that starts anew when it is full.</summary>
/// <remarks>
/// The older files are <c>daemon.log.1</c> and <c>daemon.log.2</c>. A daemon that cannot write its log goes on
/// working; the next line that can be written says how many are missing.
/// </remarks>
internal sealed class DaemonLog(string path, TimeProvider clock) : IDisposable
{
    public const int MostFiles = 3;

    private const int MostLettersPerEntry = 64 * 1024;

    private readonly Lock gate = new();
    private FileStream? file;
    private int missing;

    /// <summary>A file that would grow beyond this many bytes is put aside.</summary>
    public long RotateAt { get; set; } = DaemonSettings.DefaultLogBytes;

    /// <summary>Writes one entry; further lines of it are indented, so that only an entry starts with a time.</summary>
    public void Write(string entry)
    {
        lock (gate)
        {
            try
            {
                if (missing > 0)
                {
                    WriteEntry_NeedsLock($"{missing} entries could not be written here");
                    missing = 0;
                }

                WriteEntry_NeedsLock(entry);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                missing++;
                Close_NeedsLock();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            Close_NeedsLock();
        }
    }

    private void WriteEntry_NeedsLock(string entry)
    {
        var bytes = Encoding.UTF8.GetBytes(Format(entry, clock.GetUtcNow()));
        file ??= Open();
        if (file.Length > 0 && file.Length + bytes.Length > RotateAt)
        {
            Close_NeedsLock();
            Rotate();
            file = Open();
        }

        file.Write(bytes);
    }

    private static string Format(string entry, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var text = new StringBuilder(time, capacity: time.Length + entry.Length + 8).Append(' ');
        foreach (var letter in entry.AsSpan(0, Math.Min(entry.Length, MostLettersPerEntry)).TrimEnd())
        {
            text.Append(
                letter == '\n' ? "\n  "
                : char.IsControl(letter) && letter != '\t' ? ""
                : letter.ToString()
            );
        }

        return text.Append(entry.Length > MostLettersPerEntry ? " (cut)\n" : "\n").ToString();
    }

    private void Rotate()
    {
        for (var older = MostFiles - 1; older > 0; older--)
        {
            var newer = older == 1 ? path : Numbered(older - 1);
            if (File.Exists(newer))
            {
                File.Move(newer, Numbered(older), overwrite: true);
            }
        }
    }

    private string Numbered(int number) => $"{path}.{number}";

    // Unbuffered: an entry is in the file when Write returns, also if the daemon is killed right after.
    private FileStream Open() => new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    private void Close_NeedsLock()
    {
        file?.Dispose();
        file = null;
    }
}
