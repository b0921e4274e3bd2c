using System.Runtime.CompilerServices;
using System.Text;

namespace Fleet.Log.Sqlite;

/// <summary>One prepared statement; bound by position, stepped row by row, reset to be used again.</summary>
internal sealed unsafe class SqliteStatement(SqliteDatabase database, nint handle) : IDisposable
{
    private const int OnStackBytes = 1024;
    private nint handle = handle;

    public SqliteStatement Bind(int parameter, long value) =>
        Checked(SqliteNative.BindNumber(handle, parameter, value));

    public SqliteStatement Bind(int parameter, long? value) =>
        value is { } number ? Bind(parameter, number) : Checked(SqliteNative.BindNull(handle, parameter));

    [SkipLocalsInit]
    public SqliteStatement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            return Checked(SqliteNative.BindNull(handle, parameter));
        }

        var length = Encoding.UTF8.GetByteCount(value);
        Span<byte> text = length <= OnStackBytes ? stackalloc byte[OnStackBytes] : new byte[length];
        Encoding.UTF8.GetBytes(value, text);
        fixed (byte* start = text)
        {
            return Checked(SqliteNative.BindText(handle, parameter, start, length, SqliteCodes.CopyNow));
        }
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, and no address would bind NULL.
        ReadOnlySpan<byte> addressable = value.IsEmpty ? [0] : value;
        fixed (byte* start = addressable)
        {
            return Checked(SqliteNative.BindBytes(handle, parameter, start, value.Length, SqliteCodes.CopyNow));
        }
    }

    /// <summary>Runs a statement to its end and makes it ready for its next use, also when it fails.</summary>
    public void Run()
    {
        try
        {
            while (Step()) { }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Step()
    {
        var code = SqliteNative.Step(handle);
        return code switch
        {
            SqliteCodes.Row => true,
            SqliteCodes.Done => false,
            _ => throw database.Error(code),
        };
    }

    /// <summary>Gives up the rows that are left, and with them the lock on the database.</summary>
    public void Reset() => _ = SqliteNative.Reset(handle);

    public bool IsNull(int column) => SqliteNative.ColumnType(handle, column) == SqliteCodes.NullColumn;

    public long Number(int column) => SqliteNative.ColumnNumber(handle, column);

    public long? OptionalNumber(int column) => IsNull(column) ? null : Number(column);

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public string? OptionalText(int column) => IsNull(column) ? null : Text(column);

    /// <summary>
    /// The text, and the very string that was guessed when it is the same: saves memory where rows repeat.
    /// </summary>
    public string Text(int column, string guess)
    {
        var text = Utf8(column);
        return Ascii.Equals(text, guess) ? guess : Encoding.UTF8.GetString(text);
    }

    public byte[] Bytes(int column)
    {
        var start = SqliteNative.ColumnBlob(handle, column);
        return new ReadOnlySpan<byte>(start, SqliteNative.ColumnBytes(handle, column)).ToArray();
    }

    public void Dispose()
    {
        _ = SqliteNative.Finish(handle);
        handle = 0;
    }

    private ReadOnlySpan<byte> Utf8(int column)
    {
        var start = SqliteNative.ColumnText(handle, column);
        return new ReadOnlySpan<byte>(start, start is null ? 0 : SqliteNative.ColumnBytes(handle, column));
    }

    private SqliteStatement Checked(int code) => code == SqliteCodes.Ok ? this : throw database.Error(code);
}
