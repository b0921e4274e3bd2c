namespace Fleet.Processes;

/// <summary>Bytes that grow up to a limit; what comes after it is dropped and noted.</summary>
internal sealed class CappedBytes(int limit)
{
    private byte[] _bytes = [];
    private int _count;

    internal bool Truncated { get; private set; }

    internal void Add(ReadOnlySpan<byte> more)
    {
        var room = Math.Min(more.Length, limit - _count);
        Truncated |= room < more.Length;
        if (_count + room > _bytes.Length)
        {
            var doubled = Math.Min(limit, Math.Max(_bytes.Length * 2L, 4096));
            Array.Resize(ref _bytes, (int)Math.Max(doubled, _count + room));
        }

        more[..room].CopyTo(_bytes.AsSpan(_count));
        _count += room;
    }

    internal byte[] ToArray() => _bytes.AsSpan(0, _count).ToArray();
}
