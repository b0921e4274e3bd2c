namespace Fleet.Log.Sqlite;

/// <summary>
/// SQLite answered with an error code; the log turns those it understands into a <see cref="LogFailure"/>.
/// </summary>
internal sealed class SqliteException(int code, string path, string message) : Exception($"{path}: {message} ({code})")
{
    private const int PrimaryCodeBits = 0xff;

    /// <summary>The code without its extended part.</summary>
    public int Code { get; } = code & PrimaryCodeBits;

    /// <summary>What this means for the log; null if it is a mistake in our own code.</summary>
    public LogFailure? Failure { get; } = FailureOf(code & PrimaryCodeBits, path, $"{message} (SQLite {code})");

    private static LogFailure? FailureOf(int code, string path, string why) =>
        code switch
        {
            SqliteCodes.Busy or SqliteCodes.Locked => new LogFailure.Busy(path, why),
            SqliteCodes.Full => new LogFailure.DiskFull(path, why),
            SqliteCodes.ReadOnly => new LogFailure.ReadOnly(path, why),
            SqliteCodes.InputOutput => new LogFailure.DiskError(path, why),
            SqliteCodes.Corrupt or SqliteCodes.TooBig => new LogFailure.Damaged(path, why),
            // Our statements are fixed: one that cannot be prepared means that the tables are not as we made them.
            SqliteCodes.Error => new LogFailure.Damaged(path, why),
            SqliteCodes.NotADatabase => new LogFailure.Foreign(path, why),
            SqliteCodes.CannotOpen => new LogFailure.CannotOpen(path, why),
            _ => null,
        };
}
