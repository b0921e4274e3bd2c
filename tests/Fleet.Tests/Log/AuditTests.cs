using Fleet.Log;

namespace Fleet.Tests.Log;

public sealed class AuditTests : IDisposable
{
    private readonly MemoryLog log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public void An_empty_log_is_whole() =>
        Assert.Equal(new AuditReport.Whole(0, Position.Empty, 0, 0), AuditVerify.Of(log, []));

    [Fact]
    public void The_tail_that_no_anchor_has_seen_is_counted()
    {
        var head = Given.AppendTo(log, Given.Events(10));

        Assert.Equal(new AuditReport.Whole(10, head, UnanchoredTail: 10, 0), AuditVerify.Of(log, []));
        Assert.Equal(new AuditReport.Whole(10, head, UnanchoredTail: 3, 0), AuditVerify.Of(log, [At(7), At(4)]));
        Assert.Equal(new AuditReport.Whole(10, head, UnanchoredTail: 0, 0), AuditVerify.Of(log, [At(10)]));
    }

    [Fact]
    public void A_log_that_ends_before_an_anchor_was_truncated()
    {
        Given.AppendTo(log, Given.Events(10));
        var anchors = new[] { At(2), At(9), At(5) };
        var shorter = new MemoryLog();
        var head = Given.AppendTo(shorter, Given.Events(4));

        Assert.Equal(new AuditReport.Truncated(anchors[1], head), AuditVerify.Of(shorter, anchors));
    }

    [Fact]
    public void A_chain_that_was_computed_anew_contradicts_its_anchor()
    {
        Given.AppendTo(log, Given.Events(10));
        var anchors = new[] { At(3), At(8) };
        var forged = new MemoryLog();
        Given.AppendTo(forged, Given.Events(5));
        Given.AppendTo(forged, Given.Events(10, first: 50));

        var report = Assert.IsType<AuditReport.Rewritten>(AuditVerify.Of(forged, anchors));

        Assert.Equal(4, report.FirstBadSeq);
        Assert.Equal(anchors[1], report.Anchor);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public void A_body_that_was_changed_without_a_recorded_act_is_found(string? left)
    {
        Given.AppendTo(log, [.. Given.Events(4), Given.Redaction(2, left)]);
        log.Redact(2, left);
        Assert.IsType<AuditReport.Whole>(AuditVerify.Of(log, [], Given.ActOf));

        log.Redact(3, left);

        Assert.Equal(3, BrokenAt());
    }

    [Fact]
    public void What_is_left_of_a_redacted_body_is_as_safe_as_the_body_was()
    {
        Given.AppendTo(log, [.. Given.Events(4), Given.Redaction(2, """{"id":2}""")]);

        log.Redact(2, """{"id":3}""");

        Assert.Equal(2, BrokenAt());
    }

    [Fact]
    public void A_break_of_the_chain_does_not_hide_the_act_that_redacted_an_earlier_body()
    {
        Given.AppendTo(log, [.. Given.Events(4), Given.Redaction(2, "{}")]);
        log.Redact(2, "{}");
        log.Redact(4, "{}");

        Assert.Equal(4, BrokenAt());
    }

    private long BrokenAt() => Assert.IsType<AuditReport.Broken>(AuditVerify.Of(log, [], Given.ActOf)).FirstBadSeq;

    private Anchor At(long seq) => Given.Anchored(log.Read(seq - 1, limit: 1).Single());
}
