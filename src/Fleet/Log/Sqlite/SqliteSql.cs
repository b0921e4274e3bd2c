using System.Security.Cryptography;

namespace Fleet.Log.Sqlite;

/// <summary>The statements of the log, and how their rows are read.</summary>
internal static class SqliteSql
{
    public const string Head = "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1";

    public const string Page = """
        SELECT seq, at, kind, actor, cause, task, run, body, body_hash, previous_hash, hash
        FROM events WHERE seq > ? ORDER BY seq LIMIT ?
        """;

    public const string Insert = """
        INSERT INTO events (seq, at, kind, actor, cause, task, run, body, body_hash, previous_hash, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    public const string AllowRedaction = "INSERT OR IGNORE INTO redactions (seq) VALUES (?)";

    public const string Redact = "UPDATE events SET body = ? WHERE seq = ?";

    public const string Snapshots = """
        SELECT s.seq, s.hash, s.rules, s.state, s.state_hash
        FROM snapshots s JOIN events e ON e.seq = s.seq AND e.hash = s.hash ORDER BY s.seq DESC
        """;

    public const string KeepSnapshot =
        "INSERT OR REPLACE INTO snapshots (seq, hash, rules, state, state_hash) VALUES (?, ?, ?, ?, ?)";

    public const string DropOldSnapshots =
        "DELETE FROM snapshots WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT 2)";

    public const string DropSnapshotsSince = "DELETE FROM snapshots WHERE seq >= ?";

    public static Position ReadHead(SqliteStatement row)
    {
        try
        {
            return row.Step() ? new Position(row.Number(0), row.Text(1)) : Position.Empty;
        }
        finally
        {
            row.Reset();
        }
    }

    public static void BindEvent(SqliteStatement insert, StoredEvent stored) =>
        insert
            .Bind(1, stored.Seq)
            .Bind(2, stored.At.ToUnixTimeMilliseconds())
            .Bind(3, stored.Kind)
            .Bind(4, stored.Actor)
            .Bind(5, stored.Cause)
            .Bind(6, stored.Task)
            .Bind(7, stored.Run)
            .Bind(8, stored.Body)
            .Bind(9, stored.BodyHash)
            .Bind(10, stored.PreviousHash)
            .Bind(11, stored.Hash);

    /// <summary>Reads one row; what was tampered with may be nonsense, but reading it never fails.</summary>
    public static StoredEvent ReadEvent(SqliteStatement row, StoredEvent? before) =>
        new(
            row.Number(0),
            Time(row.Number(1)),
            row.Text(2, before?.Kind ?? ""),
            row.Text(3, before?.Actor ?? ""),
            row.OptionalNumber(4),
            (int?)row.OptionalNumber(5),
            (int?)row.OptionalNumber(6),
            row.OptionalText(7),
            row.Text(8),
            row.Text(9, before?.Hash ?? ""),
            row.Text(10)
        );

    public static Snapshot? ReadSnapshot(SqliteStatement row)
    {
        var state = row.Bytes(3);
        return StateHash(state) == row.Text(4) ? new Snapshot(row.Number(0), row.Text(1), row.Text(2), state) : null;
    }

    public static string StateHash(byte[] state) => Convert.ToHexStringLower(SHA256.HashData(state));

    private static DateTimeOffset Time(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.MinValue;
}
