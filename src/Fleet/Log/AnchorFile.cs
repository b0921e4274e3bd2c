using System.Globalization;
using System.Text;

namespace Fleet.Log;

/// <summary>Keeps anchors in a text file outside the database, one line each: number, hash, time.</summary>
/// <remarks>Only ever appended to, so the file may be made append-only or belong to another user.</remarks>
internal sealed class AnchorFile(string path)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int HashLetters = 64;

    /// <summary>Writes one anchor and returns when it is on the disk.</summary>
    public void Append(Position head, DateTimeOffset at)
    {
        var time = at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        var line = $"{head.Seq.ToString(CultureInfo.InvariantCulture)} {head.Hash} {time}\n";
        var start = EndsInATornLine() ? "\n" : "";
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(Encoding.ASCII.GetBytes(start + line));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Every anchor of the file; no file means no anchors. A last line without its end was torn: it says
    /// nothing.</summary>
    public AnchorLines Read()
    {
        if (!File.Exists(path))
        {
            return new AnchorLines([], []);
        }

        var anchors = new List<Anchor>();
        var unreadable = new List<int>();
        var torn = EndsInATornLine();
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < (torn ? lines.Length - 1 : lines.Length); i++)
        {
            if (Parse(lines[i]) is { } anchor)
            {
                anchors.Add(anchor);
            }
            else
            {
                unreadable.Add(i + 1);
            }
        }

        return new AnchorLines(anchors, unreadable);
    }

    private Anchor? Parse(string line)
    {
        var parts = line.Split(' ');
        return
            parts is [var number, { Length: HashLetters } hash, var time]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && DateTimeOffset.TryParseExact(
                time,
                TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var at
            )
            ? new Anchor(seq, hash, at, path)
            : null;
    }

    private bool EndsInATornLine()
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (file.Length == 0)
        {
            return false;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }
}
