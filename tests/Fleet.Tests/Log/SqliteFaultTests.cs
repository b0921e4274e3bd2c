using System.Runtime.Versioning;
using Fleet.Log;
using Fleet.Log.Sqlite;

namespace Fleet.Tests.Log;

/// <summary>The machine fails while the log is open: nothing acknowledged is lost, and every answer is true.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SqliteFaultTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string Database => folder.File("fleet.db");

    private string WriteAhead => Database + "-wal";

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_crash_at_any_moment_keeps_every_acknowledged_event()
    {
        using var log = Given.SqliteLogAt(Database);
        var acknowledged = 0L;
        var appending = new Thread(() =>
        {
            for (var i = 1; i <= 300; i++)
            {
                var head = Given.AppendTo(log, Given.Event(i), Given.Event(i));
                Volatile.Write(ref acknowledged, head.Seq);
            }
        });
        appending.Start();

        for (var crash = 0; crash < 15; crash++)
        {
            var copy = folder.File($"crash-{crash}.db");
            var promised = Volatile.Read(ref acknowledged);
            CopyOf.Database(Database, copy);

            using var survivor = Given.SqliteLogAt(copy);
            var whole = Assert.IsType<AuditReport.Whole>(AuditVerify.Of(survivor, []));
            Assert.True(whole.Events >= promised, $"{promised} were acknowledged, {whole.Events} survived");
            Assert.True(whole.Events % 2 == 0, "half a batch survived");
            Given.AppendTo(survivor, Given.Event(1));
        }

        appending.Join();
    }

    [Fact]
    public void A_disk_that_fills_up_for_real_loses_nothing_that_was_acknowledged()
    {
        using var disk = TinyDisk.TryMount();
        Assert.SkipWhen(disk is null, "this machine does not let the tests mount a small file system");
        var path = disk!.Folder.File("fleet.db");
        var ballast = disk.Folder.File("ballast");
        File.WriteAllBytes(ballast, new byte[64 * 1024]);
        using (var log = Given.SqliteLogAt(path))
        {
            var head = log.Head();
            AppendOutcome outcome;
            while ((outcome = log.Append(head, Given.Events(8))) is AppendOutcome.Appended appended)
            {
                head = appended.Head;
            }

            Assert.IsType<LogFailure.DiskFull>(Assert.IsType<AppendOutcome.Failed>(outcome).Failure);
            Assert.Equal(head, log.Head());
            File.Delete(ballast);
            Given.AppendTo(log, Given.Event(1));
        }

        Assert.IsType<AuditReport.Whole>(Given.Audit(path));
    }

    [Fact]
    public void Another_process_that_holds_the_log_is_waited_for_and_then_named()
    {
        using var log = Given.SqliteLogAt(
            Database,
            new SqliteLogOptions { WaitWhenBusy = TimeSpan.FromMilliseconds(20) }
        );
        var head = Given.AppendTo(log, Given.Event(1));
        using var other = SqliteDatabase.Open(Database, TimeSpan.Zero);
        other.Run("BEGIN IMMEDIATE");

        var failed = Assert.IsType<AppendOutcome.Failed>(log.Append(head, [Given.Event(2)]));

        Assert.IsType<LogFailure.Busy>(failed.Failure);
        Assert.Single(log.Read(after: 0));
        other.Run("ROLLBACK");
        Given.AppendTo(log, Given.Event(2));
    }

    [Fact]
    public void A_read_only_home_is_refused_with_its_place()
    {
        Given.SqliteLogAt(Database).Dispose();

        var opening = Sabotage.WithoutWriting(folder.Path, () => SqliteLog.Open(Database));

        var refusal = Assert.IsType<LogOpening.Refused>(opening).Failure;
        Assert.True(refusal is LogFailure.ReadOnly or LogFailure.CannotOpen, $"{refusal}");
        Assert.Equal(Database, refusal.Place);
    }

    [Fact]
    public void A_home_without_any_database_that_cannot_be_written_is_refused()
    {
        var opening = Sabotage.WithoutWriting(folder.Path, () => SqliteLog.Open(Database));

        var refusal = Assert.IsType<LogOpening.Refused>(opening).Failure;
        Assert.IsType<LogFailure.CannotOpen>(refusal);
    }

    [Fact]
    public void A_write_ahead_file_that_is_removed_while_in_use_loses_nothing()
    {
        Position head;
        using (var log = Given.SqliteLogAt(Database))
        {
            Given.AppendTo(log, Given.Events(3));
            File.Delete(WriteAhead);

            head = Given.AppendTo(log, Given.Event(4));
            Assert.True(File.Exists(Database));
            head = Given.AppendTo(log, Given.Event(5));
        }

        using var again = Given.SqliteLogAt(Database);
        Assert.Equal(head, again.Head());
        Assert.Equal(5, Assert.IsType<AuditReport.Whole>(AuditVerify.Of(again, [])).Events);
    }

    [Fact]
    public void A_write_ahead_file_that_is_missing_after_a_crash_is_found_by_the_anchor()
    {
        var copy = folder.File("copy.db");
        Anchor anchor;
        using (var log = Given.SqliteLogAt(Database))
        {
            Given.AppendTo(log, Given.Events(3));
            anchor = Given.Anchored(log.Read(after: 2).Single());
            CopyOf.Database(Database, copy);
        }

        File.Delete(copy + "-wal");

        Assert.Equal(new AuditReport.Truncated(anchor, Position.Empty), Given.Audit(copy, anchor));
    }

    [Fact]
    public void A_database_that_is_removed_while_in_use_is_noticed_and_not_silently_begun_anew()
    {
        using var log = Given.SqliteLogAt(Database);
        var head = Given.AppendTo(log, Given.Events(3));
        File.Delete(Database);

        Assert.IsType<AppendOutcome.Unknown>(log.Append(head, [Given.Event(4)]));

        Assert.IsType<AppendOutcome.Failed>(log.Append(head, [Given.Event(4)]));
        Assert.False(File.Exists(Database));
        Assert.Equal(4, log.Read(after: 0).Count());
    }
}
