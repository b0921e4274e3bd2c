namespace Fleet.Log.Sqlite;

/// <summary>Writes the log over the one writing connection; every call is one transaction and one fsync.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteDatabase database;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement rollback;
    private readonly SqliteStatement head;
    private readonly SqliteStatement insert;
    private readonly string writeAheadFile;
    private bool mustEmptyWriteAheadFile;

    /// <summary>Takes over a connection whose file is known to be ours and up to date.</summary>
    public SqliteWriter(SqliteDatabase database)
    {
        this.database = database;
        writeAheadFile = database.Path + "-wal";
        begin = database.Prepare("BEGIN IMMEDIATE");
        commit = database.Prepare("COMMIT");
        rollback = database.Prepare("ROLLBACK");
        head = database.Prepare(SqliteSql.Head);
        insert = database.Prepare(SqliteSql.Insert);
    }

    /// <summary>The database that is open here is no longer the one a restarted Fleet would find.</summary>
    public bool HasLostItsFile => database.HasMoved;

    public bool HasLostItsWriteAheadFile => !File.Exists(writeAheadFile);

    public AppendOutcome Append(Position expected, IReadOnlyList<NewEvent> batch)
    {
        var links = Chain.Link(expected, batch);
        try
        {
            begin.Run();
            var actual = SqliteSql.ReadHead(head);
            if (actual != expected)
            {
                RollBack();
                return new AppendOutcome.Conflict(actual);
            }

            foreach (var link in links)
            {
                SqliteSql.BindEvent(insert, link);
                insert.Run();
            }
        }
        catch (SqliteException error) when (error.Failure is { } failure)
        {
            RollBack();
            return new AppendOutcome.Failed(failure);
        }

        return Commit(links.Count > 0 ? links[^1].Position : expected);
    }

    /// <summary>Forgets a body in the database and in the write-ahead file, and the snapshots made from it.</summary>
    /// <remarks>The database is built anew, because a page that was split long ago may still hold a copy of a row in
    /// its unused part.</remarks>
    public void Redact(long seq, string? left)
    {
        InTransaction(() =>
        {
            if (database.Number($"SELECT count(*) FROM events WHERE seq = {seq}") == 0)
            {
                throw new ArgumentOutOfRangeException(nameof(seq), seq, "no such event");
            }

            RunOnce(SqliteSql.AllowRedaction, statement => statement.Bind(1, seq));
            RunOnce(SqliteSql.Redact, statement => statement.Bind(1, left).Bind(2, seq));
            RunOnce(SqliteSql.DropSnapshotsSince, statement => statement.Bind(1, seq));
        });
        database.Run("VACUUM");
        mustEmptyWriteAheadFile = true;
        EmptyWriteAheadFile();
    }

    public void KeepSnapshot(Snapshot snapshot) =>
        InTransaction(() =>
        {
            RunOnce(
                SqliteSql.KeepSnapshot,
                statement =>
                    statement
                        .Bind(1, snapshot.Seq)
                        .Bind(2, snapshot.Hash)
                        .Bind(3, snapshot.RulesFingerprint)
                        .Bind(4, snapshot.State)
                        .Bind(5, SqliteSql.StateHash(snapshot.State))
            );
            database.Run(SqliteSql.DropOldSnapshots);
        });

    public void Dispose() => database.Dispose();

    /// <summary>A full disk or a lock stops a commit before its mark is written; any other error may have struck
    /// after it, and then only a new look at the file can tell.</summary>
    private AppendOutcome Commit(Position reached)
    {
        try
        {
            commit.Run();
            EmptyWriteAheadFile();
            return new AppendOutcome.Appended(reached);
        }
        catch (SqliteException error) when (error.Failure is { } failure)
        {
            RollBack();
            return error.Code is SqliteCodes.Full or SqliteCodes.Busy
                ? new AppendOutcome.Failed(failure)
                : new AppendOutcome.Unknown(error.Message);
        }
    }

    /// <summary>A reader that looks at this very moment holds the file: then the next append tries again.</summary>
    private void EmptyWriteAheadFile() =>
        mustEmptyWriteAheadFile = mustEmptyWriteAheadFile && database.Number("PRAGMA wal_checkpoint(TRUNCATE)") != 0;

    private void InTransaction(Action changes)
    {
        begin.Run();
        try
        {
            changes();
            commit.Run();
        }
        finally
        {
            RollBack();
        }
    }

    private void RunOnce(string sql, Action<SqliteStatement> bind)
    {
        using var statement = database.PrepareOnce(sql);
        bind(statement);
        statement.Run();
    }

    /// <summary>SQLite may have rolled back by itself, for instance when the disk is full.</summary>
    private void RollBack()
    {
        if (database.InTransaction)
        {
            rollback.Run();
        }
    }
}
