using System.Text;
using Fleet.Log;
using Fleet.Log.Sqlite;

namespace Fleet.Tests.Log;

/// <summary>Bytes of a closed database are changed or missing: the answer is an error that names the place, never
/// wrong events and never a crash.</summary>
public sealed class SqliteDamageTests : IDisposable
{
    private const int Events = 200;
    private const int PageBytes = 4096;

    private readonly TempFolder folder = new();
    private readonly string database;
    private readonly Position head;

    public SqliteDamageTests()
    {
        database = folder.File("fleet.db");
        using var log = Given.SqliteLogAt(database);
        head = Given.AppendTo(log, Given.Events(Events));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_flipped_byte_in_a_body_names_its_event()
    {
        var bytes = File.ReadAllBytes(database);
        var place = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("""{"number":77,"""));
        bytes[place + 2] ^= 1;
        File.WriteAllBytes(database, bytes);

        Assert.Equal(77, Assert.IsType<AuditReport.Broken>(Given.Audit(database)).FirstBadSeq);
    }

    [Fact]
    public void A_destroyed_last_page_is_damage_and_the_events_before_it_can_be_read()
    {
        using (var file = File.OpenWrite(database))
        {
            file.Position = file.Length - PageBytes;
            file.Write(new byte[PageBytes]);
        }

        using var log = Given.SqliteLogAt(database);
        Assert.IsType<LogFailure.Damaged>(Assert.Throws<LogException>(() => log.Head()).Failure);
        var failed = Assert.IsType<AppendOutcome.Failed>(log.Append(head, [Given.Event()]));
        Assert.Equal(database, Assert.IsType<LogFailure.Damaged>(failed.Failure).Place);
        var broken = Assert.IsType<AuditReport.Broken>(AuditVerify.Of(log, []));
        Assert.InRange(broken.FirstBadSeq, Events / 2, Events);
        Assert.Equal(broken.FirstBadSeq - 1, log.Read(after: 0, limit: (int)broken.FirstBadSeq - 1).Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(PageBytes / 2)]
    public void A_last_page_that_was_cut_short_names_the_first_event_that_lost_something(int missingBytes)
    {
        CutOff(missingBytes);

        Assert.InRange(Assert.IsType<AuditReport.Broken>(Given.Audit(database)).FirstBadSeq, Events / 2, Events);
    }

    [Theory]
    [InlineData(PageBytes)]
    [InlineData(5 * PageBytes)]
    public void A_file_that_was_cut_off_is_damage(int missingBytes)
    {
        CutOff(missingBytes);

        Assert.IsType<LogFailure.Damaged>(FirstFailure());
    }

    [Fact]
    public void Any_flipped_byte_is_either_harmless_or_named()
    {
        var random = new Random(Seed: 62);
        var original = File.ReadAllBytes(database);
        var found = 0;
        for (var round = 0; round < 150; round++)
        {
            var bytes = original.ToArray();
            var place = random.Next(round % 3 == 0 ? PageBytes : bytes.Length);
            bytes[place] ^= (byte)random.Next(1, 256);
            var copy = folder.File($"flipped-{round}.db");
            File.WriteAllBytes(copy, bytes);

            found += IsNamed(copy, $"round {round}, byte {place}") ? 1 : 0;
        }

        Assert.InRange(found, 90, 150);
    }

    private bool IsNamed(string path, string what)
    {
        switch (SqliteLog.Open(path))
        {
            case LogOpening.Opened(var log, _):
                using (log)
                {
                    var report = AuditVerify.Of(log, []);
                    var harmless = report is AuditReport.Whole { Redacted: 0 } whole && whole.Head == head;
                    Assert.True(harmless || report is AuditReport.Broken or AuditReport.Whole, $"{what}: {report}");
                    return !harmless;
                }
            default:
                return true;
        }
    }

    private void CutOff(int missingBytes)
    {
        using var file = File.OpenWrite(database);
        file.SetLength(file.Length - missingBytes);
    }

    private LogFailure? FirstFailure()
    {
        if (SqliteLog.Open(database) is not LogOpening.Opened opened)
        {
            return Given.RefusalAt(database);
        }

        using (opened.Log)
        {
            return Assert.Throws<LogException>(() => opened.Log.Head()).Failure;
        }
    }
}
