namespace Fleet.Log;

/// <summary>Proves that the log is whole, or names the first place where it is not.</summary>
internal static class AuditVerify
{
    /// <summary>Walks the whole chain past all anchors.</summary>
    /// <param name="log">What to verify; it is read once, in order.</param>
    /// <param name="anchors">What outside witnesses saw, in any order.</param>
    /// <param name="redacts">Which event's body an event records as redacted; without it, every missing body is
    /// taken for a recorded act.</param>
    public static AuditReport Of(IEventLog log, IReadOnlyList<Anchor> anchors, Func<StoredEvent, long?>? redacts = null)
    {
        var walk = new Walk(anchors);
        var redacted = 0;
        var unexplained = new SortedSet<long>();
        try
        {
            foreach (var stored in log.Read(after: 0))
            {
                if (walk.Step(stored) is { } found)
                {
                    return found;
                }

                if (stored.Body is null)
                {
                    redacted++;
                    unexplained.Add(stored.Seq);
                }

                if (redacts?.Invoke(stored) is { } explained)
                {
                    unexplained.Remove(explained);
                }
            }
        }
        catch (LogException unreadable)
        {
            return new AuditReport.Broken(walk.Head.Seq + 1, unreadable.Message);
        }

        return redacts is not null && unexplained.Count > 0
            ? new AuditReport.Broken(unexplained.Min, "its body is gone, and no event records that it was redacted")
            : walk.End(redacted);
    }

    /// <summary>Follows the chain event by event past its anchors.</summary>
    private sealed class Walk(IReadOnlyList<Anchor> anchors)
    {
        private readonly Queue<Anchor> ahead = new(anchors.OrderBy(anchor => anchor.Seq));
        private Position anchored = Position.Empty;

        public Position Head { get; private set; } = Position.Empty;

        public AuditReport? Step(StoredEvent stored)
        {
            if (Chain.Fault(Head, stored) is { } fault)
            {
                return new AuditReport.Broken(Head.Seq + 1, fault);
            }

            Head = stored.Position;
            while (ahead.TryPeek(out var anchor) && anchor.Seq <= Head.Seq)
            {
                ahead.Dequeue();
                if (anchor.Seq == Head.Seq && anchor.Hash != Head.Hash)
                {
                    return new AuditReport.Rewritten(anchored.Seq + 1, anchor, Head.Hash);
                }

                anchored = anchor.Seq == Head.Seq ? Head : anchored;
            }

            return null;
        }

        public AuditReport End(int redacted) =>
            ahead.LastOrDefault(anchor => anchor.Seq > Head.Seq) is { } beyond
                ? new AuditReport.Truncated(beyond, Head)
                : new AuditReport.Whole(Head.Seq, Head, Head.Seq - anchored.Seq, redacted);
    }
}
