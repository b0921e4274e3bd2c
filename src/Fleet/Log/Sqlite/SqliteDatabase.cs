using System.Runtime.InteropServices;
using System.Text;

namespace Fleet.Log.Sqlite;

/// <summary>One connection to one database file; its owner makes sure that one thread at a time uses it.</summary>
internal sealed unsafe class SqliteDatabase : IDisposable
{
    private readonly List<SqliteStatement> statements = [];
    private nint handle;

    private SqliteDatabase(string path, nint handle)
    {
        Path = path;
        this.handle = handle;
    }

    public string Path { get; }

    /// <summary>Opens the file for reading and writing.</summary>
    public static SqliteDatabase Open(string path, TimeSpan waitWhenBusy, bool mayCreate = false)
    {
        var create = mayCreate ? SqliteCodes.OpenCreate : 0;
        var flags = SqliteCodes.OpenReadWrite | SqliteCodes.OpenWithoutMutex | create;
        var code = SqliteNative.Open(path, out var handle, flags, 0);
        var database = new SqliteDatabase(path, handle);
        if (code != SqliteCodes.Ok)
        {
            using (database)
            {
                throw database.Error(code);
            }
        }

        _ = SqliteNative.ExtendedResultCodes(handle, on: 1);
        _ = SqliteNative.BusyTimeout(handle, (int)waitWhenBusy.TotalMilliseconds);
        return database;
    }

    public bool InTransaction => SqliteNative.OutsideTransaction(handle) == 0;

    /// <summary>The file may be read but not written.</summary>
    public bool IsReadOnly
    {
        get
        {
            fixed (byte* main = "main\0"u8)
            {
                return SqliteNative.IsReadOnly(handle, main) == 1;
            }
        }
    }

    /// <summary>The file that is open here is no longer the one at its path.</summary>
    public bool HasMoved
    {
        get
        {
            var moved = 0;
            fixed (byte* main = "main\0"u8)
            {
                _ = SqliteNative.FileControl(handle, main, SqliteCodes.HasMoved, &moved);
            }

            return moved != 0;
        }
    }

    /// <summary>Prepares one statement to be used again and again; it lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var statement = PrepareOnce(sql);
        statements.Add(statement);
        return statement;
    }

    /// <summary>Prepares one statement that its caller disposes.</summary>
    public SqliteStatement PrepareOnce(string sql) =>
        PrepareFirst(Encoding.UTF8.GetBytes(sql + '\0'), 0, out _)
        ?? throw new ArgumentException("no statement in it", nameof(sql));

    /// <summary>Runs statements that return nothing of interest.</summary>
    public void Run(string sql)
    {
        var text = Encoding.UTF8.GetBytes(sql + '\0');
        for (var offset = 0; PrepareFirst(text, offset, out offset) is { } statement; )
        {
            using (statement)
            {
                while (statement.Step()) { }
            }
        }
    }

    /// <summary>The first column of the first row, as a number.</summary>
    public long Number(string sql)
    {
        using var statement = PrepareOnce(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    /// <summary>The first column of the first row, as text.</summary>
    public string Text(string sql)
    {
        using var statement = PrepareOnce(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    public SqliteException Error(int code)
    {
        var message = handle == 0 ? "out of memory" : Marshal.PtrToStringUTF8((nint)SqliteNative.ErrorMessage(handle));
        return new SqliteException(code, Path, message ?? "unknown error");
    }

    public void Dispose()
    {
        foreach (var statement in statements)
        {
            statement.Dispose();
        }

        statements.Clear();
        _ = SqliteNative.Close(handle);
        handle = 0;
    }

    private SqliteStatement? PrepareFirst(byte[] sql, int offset, out int next)
    {
        fixed (byte* start = sql)
        {
            var code = SqliteNative.Prepare(handle, start + offset, -1, out var statement, out var rest);
            next = (int)(rest - start);
            return code == SqliteCodes.Ok
                ? (statement == 0 ? null : new SqliteStatement(this, statement))
                : throw Error(code);
        }
    }
}
