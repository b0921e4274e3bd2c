namespace Fleet.Log;

/// <summary>Proves that the log is whole, or names the first place where it is not.</summary>
internal static class AuditVerify
{
    /// <summary>Walks the whole chain past all anchors.</summary>
    /// <param name="log">What to verify; it is read once, in order.</param>
    /// <param name="anchors">What outside witnesses saw, in any order.</param>
    /// <param name="actOf">The redaction that an event records, if it does; a body that is not as it was recorded,
    /// and that no act accounts for, was rewritten.</param>
    public static AuditReport Of(
        IEventLog log,
        IReadOnlyList<Anchor> anchors,
        Func<StoredEvent, RecordedRedaction?>? actOf = null
    )
    {
        var walk = new Walk(anchors);
        var bodies = new Bodies();
        AuditReport? found = null;
        try
        {
            foreach (var stored in log.Read(after: 0))
            {
                found ??= walk.Step(stored);
                bodies.Step(stored, actOf?.Invoke(stored), isProven: found is null);
            }
        }
        catch (LogException unreadable)
        {
            return found ?? new AuditReport.Broken(walk.Head.Seq + 1, unreadable.Message);
        }

        return bodies.Rewritten is { } rewritten ? rewritten : found ?? walk.End(bodies.Redacted);
    }

    /// <summary>Tells bodies that were redacted by a recorded act from those that were changed by anybody.</summary>
    private sealed class Bodies
    {
        private readonly SortedDictionary<long, string?> unexplained = [];

        public int Redacted { get; private set; }

        public AuditReport? Rewritten =>
            unexplained.Count == 0
                ? null
                : new AuditReport.Broken(
                    unexplained.Keys.First(),
                    "its body is not the one that was recorded, and no event records that it was redacted"
                );

        /// <summary>Behind the first break only acts are looked for: what they redacted lies before it.</summary>
        public void Step(StoredEvent stored, RecordedRedaction? act, bool isProven)
        {
            if (isProven && stored.IsRedacted)
            {
                Redacted++;
                unexplained.Add(stored.Seq, stored.Body is { } left ? Chain.BodyHash(left) : null);
            }

            if (act is not null && unexplained.TryGetValue(act.Seq, out var hash) && hash == act.LeftHash)
            {
                unexplained.Remove(act.Seq);
            }
        }
    }

    /// <summary>Follows the chain event by event past its anchors.</summary>
    private sealed class Walk(IReadOnlyList<Anchor> anchors)
    {
        private readonly Queue<Anchor> ahead = new(anchors.OrderBy(anchor => anchor.Seq));
        private Position anchored = Position.Empty;

        public Position Head { get; private set; } = Position.Empty;

        public AuditReport? Step(StoredEvent stored)
        {
            if (Chain.Fault(Head, stored with { Body = null }) is { } fault)
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
