namespace Fleet.Log.Sqlite;

/// <summary>Reads the log over a connection of its own; each call is one short look, so it never holds up the writer
/// nor keeps the write-ahead file from being emptied. One thread at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const int PageEvents = 512;
    private const int PageLetters = 1 << 20;

    private readonly string path;
    private readonly SqliteDatabase database;
    private readonly SqliteStatement head;
    private readonly SqliteStatement page;
    private readonly SqliteStatement snapshots;

    public SqliteReader(string path, TimeSpan waitWhenBusy)
    {
        this.path = path;
        database = SqliteDatabase.Open(path, waitWhenBusy);
        database.Run("PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF");
        head = database.Prepare(SqliteSql.Head);
        page = database.Prepare(SqliteSql.Page);
        snapshots = database.Prepare(SqliteSql.Snapshots);
    }

    public Position Head() => SqliteSql.ReadHead(head);

    /// <summary>The next events and, if reading failed behind them, why.</summary>
    public (IReadOnlyList<StoredEvent> Events, SqliteException? Failure) Page(long after, int limit)
    {
        var events = new List<StoredEvent>();
        try
        {
            page.Bind(1, after).Bind(2, Math.Min(limit, PageEvents));
            for (var letters = 0; letters < PageLetters && page.Step(); letters += events[^1].Body?.Length ?? 0)
            {
                var read = SqliteSql.ReadEvent(page, events.Count > 0 ? events[^1] : null);
                if (read.Seq <= (events.Count > 0 ? events[^1].Seq : after))
                {
                    // A damaged page can lead back to where the reading came from, round and round.
                    return (events, OutOfOrder(read.Seq));
                }

                events.Add(read);
            }

            return (events, null);
        }
        catch (SqliteException failure)
        {
            return (events, failure);
        }
        finally
        {
            page.Reset();
        }
    }

    /// <summary>
    /// The newest snapshot whose event is in the log with the same hash and whose bytes are undamaged.
    /// </summary>
    public Snapshot? LatestSnapshot()
    {
        try
        {
            while (snapshots.Step())
            {
                if (SqliteSql.ReadSnapshot(snapshots) is { } snapshot)
                {
                    return snapshot;
                }
            }

            return null;
        }
        finally
        {
            snapshots.Reset();
        }
    }

    public void Dispose() => database.Dispose();

    private SqliteException OutOfOrder(long seq) =>
        new(SqliteCodes.Corrupt, path, FormattableString.Invariant($"event {seq} stands where a later one belongs"));
}
