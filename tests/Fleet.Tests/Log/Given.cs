using System.Diagnostics;
using Fleet.Log;
using Fleet.Log.Sqlite;

namespace Fleet.Tests.Log;

/// <summary>Events and logs to start a story with.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static NewEvent Event(int number = 1, string? body = null) =>
        new(
            number % 3 == 0 ? "RunStarted" : "TaskAdded",
            Noon.AddSeconds(number),
            number % 2 == 0 ? "human:ada" : "rule",
            Cause: number > 1 ? number - 1 : null,
            Task: number,
            Run: number % 3 == 0 ? 1 : null,
            body ?? $$"""{"number":{{number}},"title":"Fix the door, ünïcode ✓"}"""
        );

    public static NewEvent[] Events(int count, int first = 1) =>
        [.. Enumerable.Range(first, count).Select(number => Event(number))];

    /// <summary>Appends where the log stands and insists that it worked.</summary>
    public static Position AppendTo(IEventLog log, params NewEvent[] batch) =>
        Assert.IsType<AppendOutcome.Appended>(log.Append(log.Head(), batch)).Head;

    public static IEventLog SqliteLogAt(string path, SqliteLogOptions? options = null) =>
        SqliteLog.Open(path, options) switch
        {
            LogOpening.Opened opened => opened.Log,
            LogOpening.Refused refused => throw new LogException(refused.Failure),
            _ => throw new UnreachableException(),
        };

    public static LogFailure RefusalAt(string path, SqliteLogOptions? options = null) =>
        Assert.IsType<LogOpening.Refused>(SqliteLog.Open(path, options)).Failure;

    /// <summary>Runs SQL on a database file behind the log's back.</summary>
    public static void Sql(string path, string sql)
    {
        Assert.IsType<SqliteLibrary.Choice.Found>(SqliteLibrary.Load());
        using var database = SqliteDatabase.Open(path, TimeSpan.FromSeconds(5), mayCreate: true);
        database.Run(sql);
    }

    /// <summary>An act that redacts the body of an event but for what is left of it.</summary>
    public static NewEvent Redaction(long seq, string? left) =>
        Event() with
        {
            Kind = "Redaction",
            Cause = seq,
            Actor = left is null ? "" : Chain.BodyHash(left),
        };

    public static RecordedRedaction? ActOf(StoredEvent stored) =>
        stored.Kind == "Redaction"
            ? new RecordedRedaction(stored.Cause!.Value, stored.Actor.Length == 0 ? null : stored.Actor)
            : null;

    public static AuditReport Audit(string path, params Anchor[] anchors)
    {
        using var log = SqliteLogAt(path);
        return AuditVerify.Of(log, anchors);
    }

    public static Anchor Anchored(StoredEvent stored) => new(stored.Seq, stored.Hash, Noon, "a test");
}
