using System.Text;
using Fleet.Log;
using Fleet.Log.Sqlite;

namespace Fleet.Tests.Log;

public sealed class SqliteLogTests : EventLogContract
{
    private readonly TempFolder folder = new();

    private string Database => folder.File("fleet.db");

    private protected override IEventLog OpenAnother() => Given.SqliteLogAt(Database);

    protected override void CleanUp() => folder.Dispose();

    [Fact]
    public void A_log_that_is_closed_and_opened_again_is_the_same()
    {
        Position head;
        using (var first = Given.SqliteLogAt(Database))
        {
            head = Given.AppendTo(first, Given.Events(10));
        }

        using var second = Given.SqliteLogAt(Database);
        Assert.Equal(head, second.Head());
        Assert.Equal(10, second.Read(after: 0).Count());
    }

    [Fact]
    public void A_slow_reader_does_not_keep_the_write_ahead_file_growing()
    {
        using var log = Given.SqliteLogAt(Database);
        Given.AppendTo(log, Given.Events(600));
        using var slow = log.Read(after: 0).GetEnumerator();
        Assert.True(slow.MoveNext());

        var large = Given.Event(body: $"\"{new string('x', 100_000)}\"");
        for (var i = 0; i < 200; i++)
        {
            Given.AppendTo(log, large);
        }

        Assert.InRange(new FileInfo(Database + "-wal").Length, 1, 8 * 1024 * 1024);
        Assert.True(slow.MoveNext());
    }

    [Fact]
    public void A_redacted_secret_is_in_no_file_any_more()
    {
        using var log = Given.SqliteLogAt(Database);
        Given.AppendTo(log, Given.Event(1, body: "\"hunter2-secret\""), Given.Event(2));

        log.Redact(1, "{}");

        Assert.Empty(FilesWith("hunter2-secret"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(900)]
    [InlineData(70_000)]
    public void A_redacted_secret_is_in_no_page_that_was_split_or_freed(int length)
    {
        var random = new Random(length);
        using var log = Given.SqliteLogAt(Database);
        var secret = $"hunter2-{new string('s', length)}";
        for (var number = 1; number <= 300; number++)
        {
            var text = number == 150 ? secret : new string('x', random.Next(2_000));
            var head = Given.AppendTo(log, Given.Event(number, body: $"\"{text}\""));
            var state = Encoding.UTF8.GetBytes(number < 150 ? text : $"{text} {secret}");
            log.KeepSnapshot(new Snapshot(head.Seq, head.Hash, "rules-1", state));
        }

        log.Redact(150, "{}");

        Assert.Empty(FilesWith("hunter2"));
        Assert.Equal(300, log.Head().Seq);
    }

    [Fact]
    public void A_reader_that_is_slow_only_puts_off_the_end_of_a_redaction()
    {
        var soon = new SqliteLogOptions { WaitWhenBusy = TimeSpan.FromMilliseconds(50) };
        using var log = Given.SqliteLogAt(Database, soon);
        Given.AppendTo(log, Given.Event(1, body: "\"hunter2-secret\""));
        using (var reader = SqliteDatabase.Open(Database, TimeSpan.FromSeconds(5)))
        {
            reader.Run("BEGIN");
            Assert.Equal(1, reader.Number("SELECT count(*) FROM events"));
            log.Redact(1, "{}");
        }

        Given.AppendTo(log, Given.Event(2));

        Assert.Empty(FilesWith("hunter2-secret"));
    }

    private IEnumerable<string> FilesWith(string secret) =>
        Directory
            .GetFiles(folder.Path)
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
            .Where(file => CopyOf.Text(file).Contains(secret, StringComparison.Ordinal));

    [Fact]
    public void A_damaged_snapshot_is_passed_over()
    {
        using var log = Given.SqliteLogAt(Database);
        var head = Given.AppendTo(log, Given.Event(1));
        log.KeepSnapshot(new Snapshot(head.Seq, head.Hash, "rules-1", [1, 2, 3]));

        Given.Sql(Database, "UPDATE snapshots SET state = x'010203ff'");

        Assert.Null(log.LatestSnapshot());
    }

    [Theory]
    [InlineData("DELETE FROM events WHERE seq = 2")]
    [InlineData("UPDATE events SET kind = 'other' WHERE seq = 2")]
    [InlineData("UPDATE events SET body = '{}' WHERE seq = 2")]
    public void The_database_itself_refuses_to_rewrite_an_event(string sql)
    {
        using var log = Given.SqliteLogAt(Database);
        Given.AppendTo(log, Given.Events(3));

        Assert.Throws<SqliteException>(() => Given.Sql(Database, sql));
    }

    [Fact]
    public void A_disposed_log_says_so()
    {
        var log = Given.SqliteLogAt(Database);
        log.Dispose();

        Assert.Throws<ObjectDisposedException>(() => log.Head());
    }
}
