using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Fleet.Log;

/// <summary>Ties each event to the one before it, so that no change to a stored event stays unnoticed.</summary>
/// <remarks>
/// The hashed text has one field per line: a format name, seq, time, cause, task, run, hash of the body, previous
/// hash, then kind and actor, each with its length in bytes in front, because only they could contain a line end.
/// The body enters by its hash, so that it can be redacted later.
/// </remarks>
internal static class Chain
{
    private const int FixedFieldsBytes = 320;
    private const int OnStackBytes = 2048;

    /// <summary>The event as it is stored directly after <paramref name="previous"/>.</summary>
    public static StoredEvent Link(Position previous, NewEvent newEvent)
    {
        var open = new StoredEvent(
            previous.Seq + 1,
            ToMilliseconds(newEvent.At),
            newEvent.Kind,
            newEvent.Actor,
            newEvent.Cause,
            newEvent.Task,
            newEvent.Run,
            newEvent.Body,
            BodyHash(newEvent.Body),
            previous.Hash,
            Hash: ""
        );
        return open with { Hash = Hash(open) };
    }

    public static List<StoredEvent> Link(Position previous, IReadOnlyList<NewEvent> batch)
    {
        var links = new List<StoredEvent>(batch.Count);
        foreach (var newEvent in batch)
        {
            links.Add(Link(previous, newEvent));
            previous = links[^1].Position;
        }

        return links;
    }

    /// <summary>
    /// What is wrong with an event that claims to follow <paramref name="previous"/>; null if nothing is.
    /// </summary>
    public static string? Fault(Position previous, StoredEvent stored)
    {
        if (stored.Seq != previous.Seq + 1)
        {
            return $"event {previous.Seq + 1} is missing: after {previous.Seq} comes {stored.Seq}";
        }

        if (stored.PreviousHash != previous.Hash)
        {
            return "its previous hash is not the hash of the event before it";
        }

        if (stored.Body is { } body && BodyHash(body) != stored.BodyHash)
        {
            return "its body is not the one that was recorded";
        }

        return Hash(stored) == stored.Hash ? null : "its content does not give its hash";
    }

    [SkipLocalsInit]
    public static string BodyHash(string body)
    {
        var length = Encoding.UTF8.GetByteCount(body);
        Span<byte> text = length <= OnStackBytes ? stackalloc byte[OnStackBytes] : new byte[length];
        return Digest(text[..Encoding.UTF8.GetBytes(body, text)]);
    }

    [SkipLocalsInit]
    private static string Hash(StoredEvent stored)
    {
        var letters = stored.Kind.Length + stored.Actor.Length + stored.BodyHash.Length + stored.PreviousHash.Length;
        var most = FixedFieldsBytes + Encoding.UTF8.GetMaxByteCount(letters);
        Span<byte> text = most <= OnStackBytes ? stackalloc byte[OnStackBytes] : new byte[most];
        var form = new CanonicalForm(text);
        form.Line("fleet-event/1");
        form.Line(stored.Seq);
        form.Line(stored.At);
        form.Line(stored.Cause);
        form.Line(stored.Task);
        form.Line(stored.Run);
        form.Line(stored.BodyHash);
        form.Line(stored.PreviousHash);
        form.CountedLine(stored.Kind);
        form.CountedLine(stored.Actor);
        return Digest(form.Written);
    }

    private static string Digest(ReadOnlySpan<byte> text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, digest);
        return Convert.ToHexStringLower(digest);
    }

    private static DateTimeOffset ToMilliseconds(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    /// <summary>Writes the fields of one event, one per line, into a buffer that is large enough.</summary>
    private ref struct CanonicalForm(Span<byte> buffer)
    {
        private readonly Span<byte> buffer = buffer;
        private int used;

        public readonly ReadOnlySpan<byte> Written => buffer[..used];

        public void Line(string text)
        {
            used += Encoding.UTF8.GetBytes(text, buffer[used..]);
            EndLine();
        }

        public void CountedLine(string text)
        {
            Number(Encoding.UTF8.GetByteCount(text));
            buffer[used++] = (byte)':';
            Line(text);
        }

        public void Line(long? number)
        {
            if (number is { } some)
            {
                Number(some);
            }

            EndLine();
        }

        /// <summary>UTC with milliseconds, as in <c>2026-11-21T02:02:10.123Z</c>.</summary>
        public void Line(DateTimeOffset at)
        {
            const int lettersToMilliseconds = 23;
            at.UtcDateTime.TryFormat(buffer[used..], out _, "O");
            used += lettersToMilliseconds;
            buffer[used++] = (byte)'Z';
            EndLine();
        }

        private void Number(long number)
        {
            Utf8Formatter.TryFormat(number, buffer[used..], out var length);
            used += length;
        }

        private void EndLine() => buffer[used++] = (byte)'\n';
    }
}
