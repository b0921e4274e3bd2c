namespace Fleet.Processes;

/// <summary>Cuts a stream of bytes into lines, with a bound on their length.</summary>
internal sealed class LineBuffer(int longest)
{
    private byte[] _bytes = new byte[4096];
    private int _start;
    private int _searched;
    private int _end;

    /// <summary>Where the next bytes go; never empty.</summary>
    internal Memory<byte> Room()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start.._end).CopyTo(_bytes);
            _searched -= _start;
            _end -= _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
        {
            if (_end >= longest)
            {
                throw new InvalidDataException($"a line is longer than {longest} bytes");
            }

            Array.Resize(ref _bytes, Math.Min(longest, _bytes.Length * 2));
        }

        return _bytes.AsMemory(_end);
    }

    internal void Filled(int count) => _end += count;

    /// <summary>The next whole line without its end; valid until <see cref="Room"/> is asked for again.</summary>
    internal bool TryTake(out ReadOnlyMemory<byte> line)
    {
        var found = _bytes.AsSpan(_searched.._end).IndexOf((byte)'\n');
        if (found < 0)
        {
            _searched = _end;
            line = default;
            return false;
        }

        line = _bytes.AsMemory(_start, _searched + found - _start);
        _start = _searched = _searched + found + 1;
        return true;
    }
}
