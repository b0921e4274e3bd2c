using System.Globalization;

namespace Fleet.Log.Sqlite;

/// <summary>
/// Makes sure that a database file is ours and up to date, and backs it up before changing what it holds.
/// </summary>
internal sealed class SqliteHome(
    SqliteDatabase database,
    IReadOnlyList<SqliteMigration> migrations,
    TimeSpan waitWhenBusy
)
{
    /// <summary>Written into the file's header: "Flee".</summary>
    public const int ApplicationId = 0x466C6565;

    private int Known => migrations[^1].Version;

    /// <summary>Why this file must not be used; null if it is ours or still empty.</summary>
    public LogFailure? Refusal()
    {
        if (database.IsReadOnly)
        {
            return new LogFailure.ReadOnly(database.Path, "your user may read this file but not write it");
        }

        var application = database.Number("PRAGMA application_id");
        if (application != ApplicationId && !IsFresh())
        {
            return new LogFailure.Foreign(database.Path, $"it is a database of another program (id {application})");
        }

        var version = Version();
        return version > Known ? new LogFailure.Newer(database.Path, version, Known) : null;
    }

    /// <summary>
    /// Brings the file to the newest version in one transaction; returns the backup's path if one was made.
    /// </summary>
    public string? Migrate()
    {
        if (Version() == Known)
        {
            return null;
        }

        database.Run("BEGIN IMMEDIATE");
        try
        {
            // Looked at again under the lock: another process may have been quicker.
            var version = Version();
            var backup = version == Known || IsFresh() ? null : BackUp(version);
            foreach (var step in migrations.Where(step => step.Version > version))
            {
                database.Run(step.Sql);
                database.Run($"PRAGMA user_version = {step.Version.ToString(CultureInfo.InvariantCulture)}");
            }

            database.Run($"PRAGMA application_id = {ApplicationId.ToString(CultureInfo.InvariantCulture)}");
            database.Run("COMMIT");
            return backup;
        }
        finally
        {
            if (database.InTransaction)
            {
                database.Run("ROLLBACK");
            }
        }
    }

    private int Version() => (int)database.Number("PRAGMA user_version");

    private bool IsFresh() =>
        database.Number("PRAGMA application_id") == 0
        && Version() == 0
        && database.Number("SELECT count(*) FROM sqlite_schema") == 0;

    /// <summary>Copies over a connection of its own, because this one holds the lock that keeps others from copying
    /// too.
    /// The name says version and head, so that a start that fails again and again makes one backup.</summary>
    private string BackUp(int version)
    {
        var head = database.Number("SELECT max(seq) FROM events").ToString(CultureInfo.InvariantCulture);
        var path = $"{database.Path}.v{version.ToString(CultureInfo.InvariantCulture)}-{head}.backup";
        if (File.Exists(path))
        {
            return path;
        }

        var partial = path + ".partial";
        File.Delete(partial);
        using (var source = SqliteDatabase.Open(database.Path, waitWhenBusy))
        {
            source.Prepare("VACUUM INTO ?").Bind(1, partial).Run();
        }

        using (var copy = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
        {
            copy.Flush(flushToDisk: true);
        }

        File.Move(partial, path);
        return path;
    }
}
