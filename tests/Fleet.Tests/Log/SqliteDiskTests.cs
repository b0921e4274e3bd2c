using System.Runtime.Versioning;
using Fleet.Log;

namespace Fleet.Tests.Log;

/// <summary>
/// The disk itself says no. These stories replace open files of the whole process, so they run alone.
/// </summary>
[UnsupportedOSPlatform("windows")]
[CollectionDefinition(DisableParallelization = true)]
[Collection(typeof(SqliteDiskTests))]
public sealed class SqliteDiskTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string Database => folder.File("fleet.db");

    private string WriteAhead => Database + "-wal";

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_full_disk_is_named_and_the_log_goes_on_when_there_is_room_again()
    {
        using var log = Given.SqliteLogAt(Database);
        var head = Given.AppendTo(log, Given.Events(3));

        using (Sabotage.Replace(WriteAhead, "/dev/full"))
        {
            var failed = Assert.IsType<AppendOutcome.Failed>(log.Append(head, Given.Events(3, first: 4)));
            Assert.IsType<LogFailure.DiskFull>(failed.Failure);
        }

        Assert.Equal(head, log.Head());
        Assert.Equal(5, Given.AppendTo(log, Given.Events(2, first: 4)).Seq);
        Assert.IsType<AuditReport.Whole>(AuditVerify.Of(log, []));
    }

    [Fact]
    public void A_commit_that_cannot_be_synced_is_unknown_until_the_head_is_read_again()
    {
        using var log = Given.SqliteLogAt(Database);
        var head = Given.AppendTo(log, Given.Events(3));
        var batch = Given.Events(2, first: 4);

        using (Sabotage.Replace(WriteAhead, "/dev/null"))
        {
            Assert.IsType<AppendOutcome.Unknown>(log.Append(head, batch));
        }

        Assert.Equal(head, log.Head());
        Assert.False(UnknownAppend.Happened(log, head, batch));
        Assert.IsType<AppendOutcome.Appended>(log.Append(head, batch));
        Assert.Equal(5, Assert.IsType<AuditReport.Whole>(AuditVerify.Of(log, [])).Events);
    }
}
