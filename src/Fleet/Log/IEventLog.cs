namespace Fleet.Log;

/// <summary>The record of everything that happened, in one order, each event chained to the one before.</summary>
/// <remarks>Safe for several threads; reading never blocks the appender. Whatever the store cannot do while
/// reading, redacting or keeping a snapshot is a <see cref="LogException"/> that names its failure.</remarks>
internal interface IEventLog : IDisposable
{
    Position Head();

    /// <summary>Appends all events or none, durably, with consecutive numbers, if the log still stands at
    /// <paramref name="expected"/>.</summary>
    AppendOutcome Append(Position expected, IReadOnlyList<NewEvent> batch);

    /// <summary>The events after a number, in order. May be read as slowly as one likes: it holds no lock.</summary>
    IEnumerable<StoredEvent> Read(long after, int limit = int.MaxValue);

    /// <summary>Forgets one body but for what is left of it, and every snapshot that may hold it; the chain stays
    /// whole, because it goes through the hash of the body as it was.</summary>
    /// <remarks>The act is an event of its own that the caller appends first; it names the hash of what is
    /// left.</remarks>
    void Redact(long seq, string? left);

    /// <summary>The newest kept snapshot that belongs to this chain and is undamaged.</summary>
    Snapshot? LatestSnapshot();

    /// <summary>Keeps a snapshot; only the newest two stay.</summary>
    void KeepSnapshot(Snapshot snapshot);
}
