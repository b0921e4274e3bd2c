using Fleet.Log;

namespace Fleet.Cli.Output;

/// <summary>What an audit came to, as it is told.</summary>
/// <param name="FirstBadSeq">The first event that is not as it was recorded.</param>
/// <param name="UnreadableAnchors">Lines of the anchor file that say nothing, though they are complete.</param>
/// <param name="UnanchoredTail">How many of the newest events nothing outside the log has seen yet.</param>
internal sealed record AuditAnswer(
    bool Whole,
    long? Events,
    string? Head,
    long? UnanchoredTail,
    int? Redacted,
    long? FirstBadSeq,
    IReadOnlyList<int> UnreadableAnchors,
    string Words
)
{
    private const int MostLines = 10;

    /// <summary>A file of anchors that was damaged is no witness: then the record is not proven to be whole.</summary>
    public static AuditAnswer Of(AuditReport report, IReadOnlyList<int> unreadable)
    {
        var answer = Of(report);
        return unreadable.Count == 0
            ? answer
            : answer with
            {
                Whole = false,
                UnreadableAnchors = unreadable,
                Words =
                    $"{answer.Words}; but the file of anchors was changed: nothing can be read in "
                    + $"{(unreadable.Count == 1 ? "line" : "lines")} {string.Join(", ", unreadable.Take(MostLines))}",
            };
    }

    private static AuditAnswer Of(AuditReport report) =>
        report switch
        {
            AuditReport.Whole whole => new AuditAnswer(
                true,
                whole.Events,
                whole.Head.Hash,
                whole.UnanchoredTail,
                whole.Redacted,
                null,
                [],
                $"whole: {Output.Words.Count(whole.Events, "event")}, {whole.Redacted} redacted; "
                    + $"the newest {whole.UnanchoredTail} have no anchor outside the log yet"
            ),
            AuditReport.Broken broken => Bad(broken.FirstBadSeq, broken.Why),
            AuditReport.Rewritten rewritten => Bad(
                rewritten.FirstBadSeq,
                $"the chain was rewritten: {rewritten.Anchor.Where} saw another event {rewritten.Anchor.Seq}"
            ),
            AuditReport.Truncated cut => Bad(
                cut.Head.Seq + 1,
                $"the log ends at {cut.Head.Seq}, but {cut.Anchor.Where} saw event {cut.Anchor.Seq}"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static AuditAnswer Bad(long seq, string why) => new(false, null, null, null, null, seq, [], why);
}
