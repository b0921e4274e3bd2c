using Fleet.Log;

namespace Fleet.Tests.Log;

/// <summary>
/// Somebody with full access to the file changes it behind the log's back; every such change is found.
/// </summary>
public sealed class SqliteTamperTests : IDisposable
{
    private const int Events = 60;
    private const int AnchoredSeq = 50;
    private const string WithoutGuards = """
        DROP TRIGGER IF EXISTS events_stay;
        DROP TRIGGER IF EXISTS events_stay_as_they_are;
        DROP TRIGGER IF EXISTS bodies_are_only_redacted;
        """;

    private readonly TempFolder folder = new();
    private readonly string original;
    private readonly Anchor anchor;

    public SqliteTamperTests()
    {
        original = folder.File("original.db");
        using var log = Given.SqliteLogAt(original);
        Given.AppendTo(log, Given.Events(Events));
        anchor = Given.Anchored(log.Read(AnchoredSeq - 1, limit: 1).Single());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_change_nothing_is_found() => Assert.IsType<AuditReport.Whole>(Given.Audit(original, anchor));

    [Fact]
    public void A_hundred_random_tampers_are_all_found_and_their_first_bad_event_is_named()
    {
        var random = new Random(Seed: 20261121);
        for (var round = 0; round < 100; round++)
        {
            var tamper = Tamper.Any(random, AnchoredSeq);
            var copy = folder.File($"tampered-{round}.db");
            File.Copy(original, copy);
            Given.Sql(copy, WithoutGuards + tamper.Sql);

            var report = Given.Audit(copy, anchor);

            Assert.True(tamper.IsNamedBy(report), $"round {round}: {tamper.Sql} gave {report}");
        }
    }

    [Fact]
    public void An_event_edited_with_a_fitting_hash_is_betrayed_by_the_next()
    {
        var forged = Forged(7);
        Given.Sql(
            original,
            $"{WithoutGuards} UPDATE events SET actor = 'human:eve', hash = '{forged.Hash}' WHERE seq = 7"
        );

        Assert.Equal(8, Assert.IsType<AuditReport.Broken>(Given.Audit(original)).FirstBadSeq);
    }

    [Fact]
    public void A_last_event_edited_with_a_fitting_hash_is_betrayed_by_its_anchor()
    {
        var forged = Forged(AnchoredSeq);
        Given.Sql(
            original,
            $"{WithoutGuards} DELETE FROM events WHERE seq > {AnchoredSeq};"
                + $"UPDATE events SET actor = 'human:eve', hash = '{forged.Hash}' WHERE seq = {AnchoredSeq}"
        );

        Assert.IsType<AuditReport.Whole>(Given.Audit(original));
        Assert.IsType<AuditReport.Rewritten>(Given.Audit(original, anchor));
    }

    private StoredEvent Forged(int seq)
    {
        using var log = Given.SqliteLogAt(original);
        var before = log.Read(seq - 2, limit: 1).Single();
        return Chain.Link(before.Position, Given.Event(seq) with { Actor = "human:eve" });
    }

    /// <summary>One change of the file, and the first event that is wrong after it.</summary>
    private sealed record Tamper(string Sql, long FirstBadSeq, bool Truncates = false)
    {
        public static Tamper Any(Random random, int anchored)
        {
            var seq = random.Next(1, anchored);
            var other = random.Next(seq + 1, anchored + 1);
            return random.Next(10) switch
            {
                0 => Edit(seq, "body = replace(body, '\"number\":', '\"number\":1')"),
                1 => Edit(seq, $"at = at + {random.Next(1, 1000)}"),
                2 => Edit(seq, "actor = 'human:eve'"),
                3 => Edit(seq, $"task = {random.Next(100, 200)}"),
                4 => Edit(seq, "cause = 4711"),
                5 => Edit(seq, "body_hash = hash"),
                6 => new Tamper($"DELETE FROM events WHERE seq = {seq}", seq),
                7 => new Tamper($"DELETE FROM events WHERE seq >= {other}", other, Truncates: true),
                8 => Swap(seq, other),
                _ => Insert(seq),
            };
        }

        public bool IsNamedBy(AuditReport report) =>
            Truncates
                ? report is AuditReport.Truncated truncated && truncated.Head.Seq == FirstBadSeq - 1
                : report is AuditReport.Broken broken && broken.FirstBadSeq == FirstBadSeq;

        private static Tamper Edit(int seq, string change) => new($"UPDATE events SET {change} WHERE seq = {seq}", seq);

        private static Tamper Swap(int seq, int other) =>
            new(
                $"UPDATE events SET seq = -1 WHERE seq = {seq};"
                    + $"UPDATE events SET seq = {seq} WHERE seq = {other}; "
                    + $"UPDATE events SET seq = {other} WHERE seq = -1",
                seq
            );

        private static Tamper Insert(int after) =>
            new(
                $"UPDATE events SET seq = -seq WHERE seq > {after};"
                    + $"UPDATE events SET seq = 1 - seq WHERE seq < 0;"
                    + "INSERT INTO events "
                    + "SELECT seq + 1, at, kind, actor, cause, task, run, body, body_hash, hash, hash"
                    + $" FROM events WHERE seq = {after}",
                after + 1
            );
    }
}
