using Fleet.Daemon;
using Fleet.Log;
using Fleet.Rules;
using Fleet.Tests.Log;

namespace Fleet.Tests.Cli;

public sealed class RedactTests : IDisposable
{
    private const string Secret = "hunter2";
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task A_redacted_text_is_in_no_file_of_the_home_and_its_task_is_still_known()
    {
        var id = await ada.Add($"Log in as {Secret}", "-d", $"the password is {Secret}", "--label", Secret);
        await ada.Fleet("abandon", id);

        var said = await Redact(2);

        Assert.Equal(0, said.Code);
        Assert.Contains("left of it: {\"brief\":{", said.Out, StringComparison.Ordinal);
        Assert.Empty(FilesWithTheSecret());
        Assert.Contains(Redaction.Mark, (await ada.Fleet("task", id)).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await ada.Fleet("audit", "verify")).Code);
    }

    [Fact]
    public async Task An_open_task_keeps_its_brief_until_it_was_edited()
    {
        var id = await ada.Add("Log in", "-d", Secret);

        var refused = await Redact(2);

        Assert.Equal(7, refused.Code);
        Assert.Contains($"fleet edit {id}", refused.Error, StringComparison.Ordinal);
        await ada.Fleet("edit", id, "-d", "the password is in the vault");
        Assert.Equal(0, (await Redact(2)).Code);
        Assert.Empty(FilesWithTheSecret());
    }

    [Fact]
    public async Task An_agent_may_not_redact()
    {
        await ada.Add("Log in", "-d", Secret);
        ada.Set("FLEET_RUN_ID", "1.1");

        Assert.Equal(7, (await Redact(1)).Code);
    }

    [Fact]
    public async Task A_redaction_without_an_event_or_a_reason_says_how_it_is_written()
    {
        foreach (
            var args in (string[][])
                [
                    ["audit", "redact", "2"],
                    ["audit", "redact", "-m", "why"],
                ]
        )
        {
            var said = await ada.Fleet(args);
            Assert.Equal(2, said.Code);
            Assert.Contains("fleet audit redact 41", said.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_redaction_that_its_writer_did_not_live_to_perform_is_performed_by_the_next_that_writes()
    {
        var id = await ada.Add("Log in", "-d", Secret);
        await ada.Fleet("abandon", id);
        using (var log = Given.SqliteLogAt(ada.Home.Database))
        {
            var left = EventJson.Body(Redaction.Of(EventJson.Read("task.added", log.Read(1).First().Body)!));
            var act = new Event.BodyRedacted(2, "a secret", Chain.BodyHash(left));
            var fact = new Fact(log.Head().Seq + 1, Given.Noon, Actor.Human("ada"), null, act);
            Given.AppendTo(log, Envelope.Of(fact));
        }

        Assert.NotEmpty(FilesWithTheSecret());
        await ada.Add("Another");

        Assert.Empty(FilesWithTheSecret());
        Assert.Equal(0, (await ada.Fleet("audit", "verify")).Code);
    }

    private Task<Said> Redact(long seq) => ada.Fleet("audit", "redact", $"{seq}", "-m", "a secret");

    private IEnumerable<string> FilesWithTheSecret() =>
        Directory
            .EnumerateFiles(ada.Home.Root, "*", SearchOption.AllDirectories)
            .Where(file => CopyOf.Text(file).Contains(Secret, StringComparison.Ordinal));
}
