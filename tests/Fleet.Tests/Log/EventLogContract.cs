using Fleet.Log;

namespace Fleet.Tests.Log;

/// <summary>What every log must do, whatever keeps it; a new store passes all of it or is none.</summary>
public abstract class EventLogContract : IDisposable
{
    private readonly List<IEventLog> opened = [];

    /// <summary>Another appender on the same log.</summary>
    private protected abstract IEventLog OpenAnother();

    private IEventLog Open()
    {
        var log = OpenAnother();
        opened.Add(log);
        return log;
    }

    public void Dispose()
    {
        opened.ForEach(log => log.Dispose());
        CleanUp();
        GC.SuppressFinalize(this);
    }

    protected virtual void CleanUp() { }

    [Fact]
    public void An_empty_log_stands_at_the_beginning()
    {
        var log = Open();

        Assert.Equal(Position.Empty, log.Head());
        Assert.Empty(log.Read(after: 0));
        Assert.Null(log.LatestSnapshot());
    }

    [Fact]
    public void What_was_appended_is_read_back_in_order_and_in_full()
    {
        var log = Open();
        var batch = Given.Events(5);

        var head = Given.AppendTo(log, batch);

        var read = log.Read(after: 0).ToList();
        Assert.Equal([1L, 2, 3, 4, 5], read.Select(stored => stored.Seq));
        Assert.Equal(batch, read.Select(AsNew));
        Assert.Equal(head, read[^1].Position);
        Assert.Equal(head, log.Head());
    }

    [Fact]
    public void Each_event_is_chained_to_the_one_before()
    {
        var log = Open();
        Given.AppendTo(log, Given.Events(3));
        Given.AppendTo(log, Given.Events(3, first: 4));

        var previous = Position.Empty;
        foreach (var stored in log.Read(after: 0))
        {
            Assert.Null(Chain.Fault(previous, stored));
            previous = stored.Position;
        }

        Assert.Equal(6, previous.Seq);
    }

    [Fact]
    public void Reading_starts_after_a_number_and_stops_at_the_limit()
    {
        var log = Open();
        Given.AppendTo(log, Given.Events(1300));

        Assert.Equal([1001L, 1002, 1003], log.Read(after: 1000, limit: 3).Select(stored => stored.Seq));
        Assert.Equal(1300, log.Read(after: 0).Count());
        Assert.Equal(700, log.Read(after: 100, limit: 700).Count());
        Assert.Empty(log.Read(after: 1300));
        Assert.Empty(log.Read(after: 5000));
        Assert.Empty(log.Read(after: 0, limit: 0));
    }

    [Fact]
    public void An_append_at_an_old_position_conflicts_and_writes_nothing()
    {
        var log = Open();
        var head = Given.AppendTo(log, Given.Event(1));

        var outcome = log.Append(Position.Empty, Given.Events(2, first: 2));

        Assert.Equal(new AppendOutcome.Conflict(head), outcome);
        Assert.Equal(head, log.Head());
    }

    [Fact]
    public void An_append_at_the_right_number_of_another_history_conflicts()
    {
        var log = Open();
        var head = Given.AppendTo(log, Given.Event(1));
        var elsewhere = Chain.Link(Position.Empty, Given.Event(2)).Position;

        Assert.Equal(new AppendOutcome.Conflict(head), log.Append(elsewhere, Given.Events(1)));
    }

    [Fact]
    public void An_append_of_nothing_only_confirms_the_position()
    {
        var log = Open();
        var head = Given.AppendTo(log, Given.Event(1));

        Assert.Equal(new AppendOutcome.Appended(head), log.Append(head, []));
        Assert.Equal(new AppendOutcome.Conflict(head), log.Append(Position.Empty, []));
    }

    [Fact]
    public void When_another_appender_was_first_the_second_learns_where_the_log_stands()
    {
        var (first, second) = (Open(), Open());
        var seen = second.Head();

        var head = Given.AppendTo(first, Given.Event(1));

        Assert.Equal(new AppendOutcome.Conflict(head), second.Append(seen, [Given.Event(2)]));
        Assert.Equal(head, second.Head());
        Assert.IsType<AppendOutcome.Appended>(second.Append(head, [Given.Event(2)]));
        Assert.Equal(2, first.Head().Seq);
    }

    [Fact]
    public void Of_two_racing_appenders_exactly_one_wins_each_position()
    {
        const int rounds = 50;
        var wins = new int[2];
        var logs = new[] { Open(), Open() };

        Parallel.For(
            0,
            2,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            racer =>
            {
                for (var position = logs[racer].Head(); position.Seq < rounds; )
                {
                    var outcome = logs[racer].Append(position, [Given.Event(racer)]);
                    wins[racer] += outcome is AppendOutcome.Appended ? 1 : 0;
                    position = outcome switch
                    {
                        AppendOutcome.Appended appended => appended.Head,
                        AppendOutcome.Conflict conflict => conflict.Actual,
                        _ => throw new InvalidOperationException(outcome.ToString()),
                    };
                }
            }
        );

        Assert.Equal(rounds, wins.Sum());
        Assert.Equal(rounds, logs[0].Head().Seq);
        var whole = Assert.IsType<AuditReport.Whole>(AuditVerify.Of(logs[1], []));
        Assert.Equal(rounds, whole.Events);
    }

    [Fact]
    public void An_append_whose_answer_was_lost_is_found_by_looking_again()
    {
        var log = Open();
        var before = Given.AppendTo(log, Given.Event(1));
        var batch = Given.Events(2, first: 2);

        Assert.False(UnknownAppend.Happened(log, before, batch));
        log.Append(before, batch);
        Given.AppendTo(log, Given.Event(4));

        Assert.True(UnknownAppend.Happened(log, before, batch));
        Assert.False(UnknownAppend.Happened(log, before, Given.Events(2, first: 7)));
    }

    [Fact]
    public void Times_are_kept_as_utc_milliseconds()
    {
        var log = Open();
        var at = new DateTimeOffset(2026, 11, 21, 14, 0, 0, 123, 456, TimeSpan.FromHours(2));

        Given.AppendTo(log, Given.Event() with { At = at });

        var kept = log.Read(after: 0).Single().At;
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero), kept);
        Assert.Equal(TimeSpan.Zero, kept.Offset);
    }

    [Fact]
    public void Any_text_survives()
    {
        var log = Open();
        var odd = Given.Event(body: $$"""{"t":"{{new string('x', 70_000)}}\u0000 🚪"}""") with
        {
            Kind = "a\nb",
            Actor = "nul\0 and '; DROP TABLE events --",
        };

        Given.AppendTo(log, odd, Given.Event(2));

        Assert.Equal(odd, AsNew(log.Read(after: 0).First()));
        Assert.IsType<AuditReport.Whole>(AuditVerify.Of(log, []));
    }

    [Fact]
    public void Of_a_redacted_body_only_what_is_left_of_it_stays_and_the_chain_is_whole()
    {
        var log = Open();
        Given.AppendTo(log, Given.Events(3));
        var head = Given.AppendTo(log, Given.Redaction(2, "{}"));

        log.Redact(2, "{}");

        var events = log.Read(after: 0).ToList();
        Assert.Equal(["{}", Given.Event(3).Body], events[1..3].Select(stored => stored.Body));
        Assert.Equal([false, true, false, false], events.Select(stored => stored.IsRedacted));
        Assert.Equal(
            new AuditReport.Whole(4, head, UnanchoredTail: 4, Redacted: 1),
            AuditVerify.Of(log, [], Given.ActOf)
        );
    }

    [Fact]
    public void A_body_may_go_altogether()
    {
        var log = Open();
        Given.AppendTo(log, Given.Event(), Given.Redaction(1, left: null));

        log.Redact(1, left: null);

        Assert.Null(log.Read(after: 0).First().Body);
        Assert.IsType<AuditReport.Whole>(AuditVerify.Of(log, [], Given.ActOf));
    }

    [Fact]
    public void What_is_not_there_cannot_be_redacted()
    {
        var log = Open();
        Given.AppendTo(log, Given.Events(3));

        Assert.Throws<ArgumentOutOfRangeException>(() => log.Redact(4, "{}"));
        Assert.DoesNotContain(log.Read(after: 0), stored => stored.IsRedacted);
    }

    [Fact]
    public void The_newest_snapshot_is_given_back()
    {
        var log = Open();
        var first = Given.AppendTo(log, Given.Event(1));
        var second = Given.AppendTo(log, Given.Event(2));

        log.KeepSnapshot(SnapshotAt(first));
        log.KeepSnapshot(SnapshotAt(second));

        var newest = log.LatestSnapshot();
        Assert.Equal(second, new Position(newest!.Seq, newest.Hash));
        Assert.Equal("rules-1", newest.RulesFingerprint);
        Assert.Equal(SnapshotAt(second).State, newest.State);
    }

    [Fact]
    public void A_snapshot_of_another_history_is_passed_over()
    {
        var log = Open();
        var first = Given.AppendTo(log, Given.Event(1));
        var second = Given.AppendTo(log, Given.Event(2));

        log.KeepSnapshot(SnapshotAt(first));
        log.KeepSnapshot(SnapshotAt(new Position(second.Seq, first.Hash)));

        Assert.Equal(first.Seq, log.LatestSnapshot()!.Seq);
    }

    [Fact]
    public void Only_two_snapshots_are_kept()
    {
        var log = Open();
        var heads = Enumerable.Range(1, 4).Select(number => Given.AppendTo(log, Given.Event(number))).ToList();
        log.KeepSnapshot(SnapshotAt(heads[0]));
        log.KeepSnapshot(SnapshotAt(heads[1]) with { Hash = "another history" });
        log.KeepSnapshot(SnapshotAt(heads[2]) with { Hash = "another history" });

        Assert.Null(log.LatestSnapshot());
    }

    [Fact]
    public void A_redaction_takes_the_snapshots_along_that_may_hold_the_secret()
    {
        var log = Open();
        var heads = Enumerable.Range(1, 2).Select(number => Given.AppendTo(log, Given.Event(number))).ToList();
        log.KeepSnapshot(SnapshotAt(heads[0]));
        log.KeepSnapshot(SnapshotAt(heads[1]));

        log.Redact(2, "{}");

        Assert.Equal(1, log.LatestSnapshot()!.Seq);
    }

    private static Snapshot SnapshotAt(Position head) => new(head.Seq, head.Hash, "rules-1", [1, 2, (byte)head.Seq]);

    private static NewEvent AsNew(StoredEvent stored) =>
        new(stored.Kind, stored.At, stored.Actor, stored.Cause, stored.Task, stored.Run, stored.Body!);
}
