using Microsoft.Win32.SafeHandles;

namespace Fleet.Processes;

/// <summary>One line of a run's output, without its end.</summary>
/// <param name="Bytes">What was written, whatever it is: NULs and invalid UTF-8 included.</param>
/// <param name="Start">Where in the file it begins.</param>
/// <param name="Length">How long it is in the file, which is more than <paramref name="Bytes"/> where it was
/// cut.</param>
internal sealed record OutputLine(byte[] Bytes, long Start, long Length)
{
    internal bool WasCut => Length > Bytes.Length;
}

/// <summary>
/// Follows an append-only file line by line from an offset. <see cref="Offset"/> only ever moves behind a line
/// that was handed out: a reader that starts there again loses nothing and doubles nothing.
/// </summary>
internal sealed class OutputReader : IDisposable
{
    private const int ChunkSize = 64 * 1024;
    private readonly string _path;
    private readonly byte[] _chunk = new byte[ChunkSize];
    private SafeFileHandle? _file;
    private readonly CappedBytes _line;
    private long _lineLength;

    /// <summary>Begins at an offset; nothing is opened yet.</summary>
    /// <param name="path">The file; it may not exist yet.</param>
    /// <param name="offset">Where to begin: zero, or the offset of an earlier reader.</param>
    /// <param name="longestLine">How much of a line is kept; the whole of it stays in the file.</param>
    internal OutputReader(string path, long offset = 0, int longestLine = 4 * 1024 * 1024)
    {
        _path = path;
        Offset = offset;
        _line = new CappedBytes(longestLine);
    }

    /// <summary>The end of the last line handed out.</summary>
    internal long Offset { get; private set; }

    /// <summary>
    /// The lines that are whole by now, at most one chunk's worth; empty when there are none yet.
    /// Call again until it returns false: then everything written so far has been read.
    /// </summary>
    internal bool Read(List<OutputLine> lines)
    {
        var count = Fill();
        var rest = _chunk.AsSpan(0, count);
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            Extend(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (end >= 0)
            {
                lines.Add(Take(1));
            }
        }

        return count > 0;
    }

    /// <summary>
    /// The half line at the end of a file that nobody writes to any more; null when it ended cleanly.
    /// </summary>
    internal OutputLine? Finish() => _lineLength == 0 ? null : Take(0);

    public void Dispose() => _file?.Dispose();

    private int Fill()
    {
        if (_file is null && !File.Exists(_path))
        {
            return 0;
        }

        const FileShare Anyone = FileShare.ReadWrite | FileShare.Delete;
        _file ??= File.OpenHandle(_path, FileMode.Open, FileAccess.Read, Anyone);
        return RandomAccess.Read(_file, _chunk, Offset + _lineLength);
    }

    private void Extend(ReadOnlySpan<byte> more)
    {
        _line.Add(more);
        _lineLength += more.Length;
    }

    private OutputLine Take(int lineEnd)
    {
        var line = new OutputLine(_line.ToArray(), Offset, _lineLength);
        Offset += _lineLength + lineEnd;
        _line.Clear();
        _lineLength = 0;
        return line;
    }
}
