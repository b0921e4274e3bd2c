namespace Fleet.Log.Sqlite;

/// <summary>The numbers of SQLite's interface that the binding uses (sqlite3.h).</summary>
internal static class SqliteCodes
{
    public const int Ok = 0;
    public const int Error = 1;
    public const int Busy = 5;
    public const int Locked = 6;
    public const int ReadOnly = 8;
    public const int InputOutput = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int TooBig = 18;
    public const int NotADatabase = 26;
    public const int Row = 100;
    public const int Done = 101;

    public const int NullColumn = 5;

    public const int OpenReadWrite = 0x2;
    public const int OpenCreate = 0x4;
    public const int OpenWithoutMutex = 0x8000;

    public const int HasMoved = 20;

    /// <summary>Tells SQLite to copy a bound value before the call returns.</summary>
    public const nint CopyNow = -1;
}
