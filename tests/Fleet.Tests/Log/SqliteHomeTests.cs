using Fleet.Log;
using Fleet.Log.Sqlite;

namespace Fleet.Tests.Log;

/// <summary>Which files the log opens, which it refuses, and what it keeps before it changes one.</summary>
public sealed class SqliteHomeTests : IDisposable
{
    private static readonly int Newest = SqliteMigration.All[^1].Version;

    private static readonly SqliteLogOptions WithAnotherStep = new()
    {
        Migrations = [.. SqliteMigration.All, new(Newest + 1, "CREATE TABLE more (x INTEGER) STRICT;")],
    };

    private readonly TempFolder folder = new();

    private string Database => folder.File("fleet.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_as_it_was()
    {
        Given.Sql(Database, "CREATE TABLE birds (name TEXT)");
        var before = File.ReadAllBytes(Database);

        Assert.IsType<LogFailure.Foreign>(Given.RefusalAt(Database));
        Assert.Equal(before, File.ReadAllBytes(Database));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_was()
    {
        File.WriteAllText(Database, new string('x', 5000));

        Assert.IsType<LogFailure.Foreign>(Given.RefusalAt(Database));
        Assert.Equal(new string('x', 5000), File.ReadAllText(Database));
    }

    [Fact]
    public void A_newer_home_is_refused_with_both_versions()
    {
        Given.SqliteLogAt(Database, WithAnotherStep).Dispose();

        Assert.Equal(new LogFailure.Newer(Database, Found: Newest + 1, Known: Newest), Given.RefusalAt(Database));
    }

    [Fact]
    public void A_missing_directory_is_refused() =>
        Assert.IsType<LogFailure.CannotOpen>(Given.RefusalAt(folder.File("nowhere/fleet.db")));

    [Fact]
    public void An_empty_file_becomes_a_log()
    {
        File.WriteAllBytes(Database, []);

        using var log = Given.SqliteLogAt(Database);
        Assert.Equal(Position.Empty, log.Head());
    }

    [Fact]
    public void A_new_log_needs_no_backup()
    {
        var opened = Assert.IsType<LogOpening.Opened>(SqliteLog.Open(Database, WithAnotherStep));
        opened.Log.Dispose();

        Assert.Null(opened.Backup);
    }

    [Fact]
    public void An_older_log_is_backed_up_whole_before_it_is_changed()
    {
        Position head;
        using (var old = Given.SqliteLogAt(Database))
        {
            head = Given.AppendTo(old, Given.Events(20));
        }

        var opened = Assert.IsType<LogOpening.Opened>(SqliteLog.Open(Database, WithAnotherStep));
        using (opened.Log)
        {
            Assert.Equal(head, opened.Log.Head());
            Given.AppendTo(opened.Log, Given.Event(21));
        }

        using var backup = Given.SqliteLogAt(opened.Backup!);
        Assert.Equal(head, backup.Head());
        Assert.IsType<AuditReport.Whole>(AuditVerify.Of(backup, []));
    }

    [Fact]
    public void A_migration_that_fails_leaves_the_old_log_and_its_backup()
    {
        using (var old = Given.SqliteLogAt(Database))
        {
            Given.AppendTo(old, Given.Events(3));
        }

        var broken = WithAnotherStep with
        {
            Migrations = [.. WithAnotherStep.Migrations, new(Newest + 2, "CREATE TABLE more")],
        };
        Assert.NotNull(Given.RefusalAt(Database, broken));

        Assert.Single(Directory.GetFiles(folder.Path, "*.backup"));
        using var log = Given.SqliteLogAt(Database);
        Assert.Equal(3, log.Head().Seq);
    }

    [Fact]
    public void Two_that_open_an_older_log_at_once_migrate_it_once()
    {
        Given.SqliteLogAt(Database).Dispose();

        Parallel.For(0, 4, _ => Given.SqliteLogAt(Database, WithAnotherStep).Dispose());

        using var log = Given.SqliteLogAt(Database, WithAnotherStep);
        Assert.Equal(Position.Empty, log.Head());
    }

    [Fact]
    public void A_library_that_is_missing_falls_back_to_the_next()
    {
        var system = Assert.IsType<SqliteLibrary.Choice.Found>(SqliteLibrary.Load());

        var chosen = SqliteLibrary.Choose(["no-such-library.so", system.Name]);

        Assert.Equal(system.Name, Assert.IsType<SqliteLibrary.Choice.Found>(chosen).Name);
    }

    [Fact]
    public void A_copy_inside_the_program_is_loaded_and_leaves_no_file()
    {
        using var copy = File.OpenRead(SystemLibrary());

        var found = Assert.IsType<SqliteLibrary.Choice.Found>(SqliteLibrary.Choose(SqliteLibrary.Unpacked(copy)));

        Assert.False(File.Exists(found.Name));
    }

    [Fact]
    public void Without_any_library_the_failure_says_what_was_tried()
    {
        var missing = Assert.IsType<SqliteLibrary.Choice.Missing>(SqliteLibrary.Choose(["no-such-library.so"]));

        Assert.Contains("no-such-library.so does not load", missing.Failure.Why);
        Assert.Contains("3.37", missing.Failure.ToString());
    }

    private static string SystemLibrary() =>
        File.ReadLines("/proc/self/maps")
            .First(line => line.Contains("libsqlite3", StringComparison.Ordinal))
            .Split(' ')[^1];
}
