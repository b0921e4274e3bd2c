using Fleet.Daemon;
using Fleet.Log;
using Fleet.Log.Sqlite;
using Fleet.Rules;
using Fleet.Tests.Daemon;
using Fleet.Tests.Log;
using Fleet.Tests.Processes;

namespace Fleet.Tests.Cli;

public sealed class AuditTests : IDisposable
{
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task A_whole_record_is_said_to_be_whole()
    {
        await ada.Add("Sort imports");

        var said = await ada.Fleet("audit", "verify", "--json");

        Assert.Equal(0, said.Code);
        Assert.True(said.Json.GetProperty("item").GetProperty("whole").GetBoolean());
        Assert.Equal(2, said.Json.GetProperty("item").GetProperty("events").GetInt32());
    }

    [Fact]
    public async Task A_record_cut_behind_its_anchor_is_found()
    {
        await ada.Add("Sort imports");
        new AnchorFile(ada.Home.AnchorFile).Append(new Position(40, new string('a', 64)), DateTimeOffset.UnixEpoch);

        var said = await ada.Fleet("audit", "verify");

        Assert.Equal(9, said.Code);
        Assert.Contains("event 3", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_anchors_that_was_written_over_proves_nothing()
    {
        await ada.Add("Sort imports");
        File.WriteAllText(ada.Home.AnchorFile, "2 of hearts\n");

        var said = await ada.Fleet("audit", "verify");

        Assert.Equal(9, said.Code);
        Assert.Contains("cannot be proven whole", said.Error, StringComparison.Ordinal);
        Assert.Contains("line 1", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_record_is_found_by_the_ref_in_a_hub_alone()
    {
        await using (var fleet = await LiveFleet.Start(ada.Home))
        {
            await fleet.Ask(new Request.AddRepository(ada.Shop.Path, "main", null));
            await fleet.MeetsItsKeeper();
        }

        File.Delete(ada.Home.AnchorFile);
        Given.Sql(ada.Home.Database, "DROP TRIGGER events_stay; DELETE FROM events WHERE seq > 2");

        var said = await ada.Fleet("audit", "verify");

        Assert.Equal(9, said.Code);
        Assert.Contains("event 3", said.Error, StringComparison.Ordinal);
        await Eventually.Holds(() => !File.Exists(Path.Combine(ada.Home.Root, "keeper.sock")));
    }

    [Fact]
    public async Task The_record_names_who_did_what()
    {
        await ada.Add("Sort imports");

        var said = await ada.Fleet("audit", "log");

        Assert.Contains("■ human:ada", said.Out, StringComparison.Ordinal);
        Assert.Contains("added: Sort imports", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_daemon_only_what_was_asked_is_recorded()
    {
        await ada.Add("Sort imports", "--gate", "none");

        var opened = (LogOpening.Opened)SqliteLog.Open(ada.Home.Database);
        using (opened.Log)
        {
            Assert.Equal(["repository.added", "task.added"], opened.Log.Read(0).Select(e => e.Kind));
            Assert.Equal(2, Opening.Fold(opened.Log, RuleSet.Production).State.Seq);
        }
    }
}
