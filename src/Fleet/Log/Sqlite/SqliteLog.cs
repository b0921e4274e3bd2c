using System.Diagnostics;

namespace Fleet.Log.Sqlite;

/// <summary>The log in one SQLite file: write-ahead, synchronous, one appender at a time.</summary>
/// <remarks>After an answer that may be wrong both connections are opened anew before the next use, because a disk
/// that failed once may have dropped what it said it held.</remarks>
internal sealed class SqliteLog : IEventLog
{
    private readonly string path;
    private readonly SqliteLogOptions options;
    private readonly Lock gate = new();
    private readonly Lock readGate = new(); // taken inside gate, never around it
    private SqliteWriter? writer;
    private SqliteReader? reader;
    private LogFailure? lost;
    private bool disposed;

    private SqliteLog(string path, SqliteLogOptions options)
    {
        this.path = path;
        this.options = options;
    }

    /// <summary>Opens the log at a path, makes it if nothing is there, and brings an older one up to date.</summary>
    public static LogOpening Open(string path, SqliteLogOptions? options = null)
    {
        if (SqliteLibrary.Load() is SqliteLibrary.Choice.Missing missing)
        {
            return new LogOpening.Refused(missing.Failure);
        }

        var log = new SqliteLog(Path.GetFullPath(path), options ?? new SqliteLogOptions());
        try
        {
            var backup = log.Connect(mayCreate: true);
            return new LogOpening.Opened(log, backup);
        }
        catch (LogException refused)
        {
            log.Dispose();
            return new LogOpening.Refused(refused.Failure);
        }
    }

    public Position Head() => Reading(looking => looking.Head());

    public AppendOutcome Append(Position expected, IReadOnlyList<NewEvent> batch)
    {
        lock (gate)
        {
            try
            {
                var outcome = Writer_NeedsLock().Append(expected, batch);
                return outcome switch
                {
                    AppendOutcome.Appended when writer!.HasLostItsFile => GiveUp_NeedsLock(),
                    AppendOutcome.Appended appended when writer!.HasLostItsWriteAheadFile => Rescue_NeedsLock(appended),
                    AppendOutcome.Unknown => Distrust_NeedsLock(outcome),
                    AppendOutcome.Failed { Failure: LogFailure.DiskError } => Distrust_NeedsLock(outcome),
                    _ => outcome,
                };
            }
            catch (LogException refused)
            {
                return new AppendOutcome.Failed(refused.Failure);
            }
            catch (SqliteException error) when (error.Failure is not null)
            {
                return Distrust_NeedsLock(new AppendOutcome.Unknown(error.Message));
            }
        }
    }

    public IEnumerable<StoredEvent> Read(long after, int limit = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return ReadPages(after, limit);
    }

    public void Redact(long seq, string? left) => Writing(writing => writing.Redact(seq, left));

    public Snapshot? LatestSnapshot() => Reading(looking => looking.LatestSnapshot());

    public void KeepSnapshot(Snapshot snapshot) => Writing(writing => writing.KeepSnapshot(snapshot));

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            Disconnect_NeedsLock();
        }
    }

    private IEnumerable<StoredEvent> ReadPages(long after, int limit)
    {
        while (limit > 0)
        {
            var (events, failure) = Reading(looking => looking.Page(after, limit));
            foreach (var stored in events)
            {
                yield return stored;
            }

            if (failure is not null)
            {
                throw Understood(failure);
            }

            if (events.Count == 0)
            {
                yield break;
            }

            after = events[^1].Seq;
            limit -= events.Count;
        }
    }

    private T Reading<T>(Func<SqliteReader, T> look)
    {
        try
        {
            lock (readGate)
            {
                if (reader is not null)
                {
                    return look(reader);
                }
            }

            lock (gate)
            {
                Writer_NeedsLock();
                lock (readGate)
                {
                    return look(reader!);
                }
            }
        }
        catch (SqliteException error)
        {
            throw Understood(error);
        }
    }

    private void Writing(Action<SqliteWriter> write)
    {
        lock (gate)
        {
            try
            {
                write(Writer_NeedsLock());
            }
            catch (SqliteException error)
            {
                throw Understood(error);
            }
        }
    }

    private SqliteWriter Writer_NeedsLock()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (lost is not null)
        {
            throw new LogException(lost);
        }

        if (writer is null)
        {
            Connect(mayCreate: false);
        }

        return writer!;
    }

    /// <summary>Somebody removed the write-ahead file under us: closing moves what it held into the database, and a
    /// new look tells whether that worked.</summary>
    private AppendOutcome Rescue_NeedsLock(AppendOutcome.Appended appended)
    {
        Disconnect_NeedsLock();
        try
        {
            Connect(mayCreate: false);
            return Head() == appended.Head
                ? appended
                : new AppendOutcome.Unknown($"the write-ahead file of {path} was removed while in use");
        }
        catch (LogException error)
        {
            return Distrust_NeedsLock(new AppendOutcome.Unknown(error.Message));
        }
    }

    /// <summary>Somebody moved or removed the database under us. Nothing more is written, but the connections stay
    /// open: they may be the last that can still read it.</summary>
    private AppendOutcome.Unknown GiveUp_NeedsLock()
    {
        lost = new LogFailure.Damaged(path, "the file was moved or removed while in use");
        return new AppendOutcome.Unknown(lost.ToString());
    }

    private AppendOutcome Distrust_NeedsLock(AppendOutcome outcome)
    {
        Disconnect_NeedsLock();
        return outcome;
    }

    private string? Connect(bool mayCreate)
    {
        SqliteDatabase? database = null;
        try
        {
            database = SqliteDatabase.Open(path, options.WaitWhenBusy, mayCreate);
            var home = new SqliteHome(database, options.Migrations, options.WaitWhenBusy);
            if (home.Refusal() is { } refusal)
            {
                throw new LogException(refusal);
            }

            database.Run("PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF");
            var backup = home.Migrate();
            database.Run(SqliteLogOptions.Durability);
            var opened = new SqliteReader(path, options.WaitWhenBusy);
            writer = new SqliteWriter(database);
            lock (readGate)
            {
                reader = opened;
            }

            return backup;
        }
        catch (SqliteException error)
        {
            database?.Dispose();
            throw Understood(error);
        }
        catch (LogException)
        {
            database?.Dispose();
            throw;
        }
    }

    private void Disconnect_NeedsLock()
    {
        lock (readGate)
        {
            reader?.Dispose();
            reader = null;
        }

        writer?.Dispose();
        writer = null;
    }

    private static Exception Understood(SqliteException error) =>
        error.Failure is { } failure
            ? new LogException(failure, error)
            : new UnreachableException(error.Message, error);
}
