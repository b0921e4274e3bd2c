namespace Fleet.Log.Sqlite;

/// <summary>How a SQLite log is opened.</summary>
internal sealed record SqliteLogOptions
{
    /// <summary>A commit is on the disk before it is acknowledged; the write-ahead file is emptied into the database
    /// every 1,000 pages (4 MB) and then cut to that size.</summary>
    public const string Durability = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 1000;
        PRAGMA journal_size_limit = 4194304;
        """;

    /// <summary>How long to wait for another process that holds the log.</summary>
    public TimeSpan WaitWhenBusy { get; init; } = TimeSpan.FromSeconds(5);

    public IReadOnlyList<SqliteMigration> Migrations { get; init; } = SqliteMigration.All;
}
