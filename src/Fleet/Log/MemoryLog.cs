namespace Fleet.Log;

/// <summary>A log that lives as long as its object; the same promises as a stored one, except to survive.</summary>
internal sealed class MemoryLog : IEventLog
{
    private readonly Lock gate = new();
    private readonly List<StoredEvent> events = [];
    private readonly KeptSnapshots snapshots = new();

    public Position Head()
    {
        lock (gate)
        {
            return Head_NeedsLock();
        }
    }

    public AppendOutcome Append(Position expected, IReadOnlyList<NewEvent> batch)
    {
        lock (gate)
        {
            var actual = Head_NeedsLock();
            if (actual != expected)
            {
                return new AppendOutcome.Conflict(actual);
            }

            events.AddRange(Chain.Link(expected, batch));
            return new AppendOutcome.Appended(Head_NeedsLock());
        }
    }

    public IEnumerable<StoredEvent> Read(long after, int limit = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        lock (gate)
        {
            var first = (int)Math.Min(after, events.Count);
            return events.GetRange(first, Math.Min(limit, events.Count - first));
        }
    }

    public void Redact(long seq, string? left)
    {
        lock (gate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(seq, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(seq, events.Count);
            events[(int)seq - 1] = events[(int)seq - 1] with { Body = left };
            snapshots.Forget(seq);
        }
    }

    public Snapshot? LatestSnapshot()
    {
        lock (gate)
        {
            return snapshots.Newest(snapshot => HashAt_NeedsLock(snapshot.Seq));
        }
    }

    public void KeepSnapshot(Snapshot snapshot)
    {
        lock (gate)
        {
            snapshots.Keep(snapshot);
        }
    }

    public void Dispose()
    {
        // There is nothing to give back; a log that was closed can be opened again by using it.
    }

    private Position Head_NeedsLock() => events.Count == 0 ? Position.Empty : events[^1].Position;

    private string? HashAt_NeedsLock(long seq) => seq >= 1 && seq <= events.Count ? events[(int)seq - 1].Hash : null;

    /// <summary>The newest two snapshots, newest first.</summary>
    private sealed class KeptSnapshots
    {
        private const int Most = 2;
        private readonly List<Snapshot> kept = [];

        public void Keep(Snapshot snapshot)
        {
            kept.RemoveAll(old => old.Seq == snapshot.Seq);
            kept.Add(snapshot);
            kept.Sort(static (a, b) => b.Seq.CompareTo(a.Seq));
            kept.RemoveRange(Math.Min(Most, kept.Count), Math.Max(0, kept.Count - Most));
        }

        public void Forget(long sinceSeq) => kept.RemoveAll(old => old.Seq >= sinceSeq);

        public Snapshot? Newest(Func<Snapshot, string?> hashAt) =>
            kept.Find(snapshot => hashAt(snapshot) == snapshot.Hash);
    }
}
