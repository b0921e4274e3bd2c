namespace Fleet.Log;

/// <summary>What an audit of the log found.</summary>
internal abstract record AuditReport
{
    private AuditReport() { }

    /// <summary>Every event is as it was recorded; the last <paramref name="UnanchoredTail"/> have no witness outside
    /// the log yet, so a truncation of just those could not be seen.</summary>
    internal sealed record Whole(long Events, Position Head, long UnanchoredTail, int Redacted) : AuditReport;

    /// <summary>This is the first event that is not as it was recorded, or not there, or not readable.</summary>
    internal sealed record Broken(long FirstBadSeq, string Why) : AuditReport;

    /// <summary>The chain fits together but is not the one that was anchored: it was rewritten, at the earliest from
    /// <paramref name="FirstBadSeq"/> on.</summary>
    internal sealed record Rewritten(long FirstBadSeq, Anchor Anchor, string Found) : AuditReport;

    /// <summary>The log ends before an event that an anchor has seen.</summary>
    internal sealed record Truncated(Anchor Anchor, Position Head) : AuditReport;
}
