using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Tests.Git;
using Fleet.Tests.Log;
using Fleet.Tests.Processes;

namespace Fleet.Tests.Daemon;

public sealed class RedactionTests : IDisposable
{
    private const string Secret = "hunter2";
    private readonly Scratch scratch = new();
    private readonly FleetHome home;

    public RedactionTests() => home = new FleetHome(scratch.At("home"));

    public void Dispose()
    {
        Eventually.Holds(() => !File.Exists(Path.Combine(home.Root, "keeper.sock"))).Wait();
        scratch.Dispose();
    }

    [Fact]
    public async Task A_text_that_a_running_daemon_redacted_comes_back_in_no_snapshot_anchor_or_note()
    {
        TaskId task;
        await using (var fleet = await WithTask())
        {
            task = fleet.State.Finished.Keys.Single();
            var added = fleet.Host.Log.Read(0).Single(row => row.Kind == "task.added").Seq;
            var answer = await fleet.Ask(new Request.Redact(added, "a secret"));
            Assert.Equal((Answer.Done, Redaction.Mark), (answer.Code, fleet.State.Finished[task].Title));
        }

        Assert.Empty(FilesWithTheSecret());
        await using var next = await LiveFleet.Start(home);
        await next.MeetsItsKeeper();
        Assert.Equal(Redaction.Mark, next.State.Finished[task].Title);
        Assert.NotNull(next.Host.Log.LatestSnapshot());
        Assert.True(File.Exists(home.AnchorFile));
    }

    [Fact]
    public async Task Without_a_redaction_the_text_is_there_to_be_found()
    {
        await (await WithTask()).DisposeAsync();

        Assert.NotEmpty(FilesWithTheSecret());
    }

    /// <summary>A daemon with a snapshot that knows the secret, of a task that ended.</summary>
    private async Task<LiveFleet> WithTask()
    {
        var repository = scratch.Repository();
        await using (var fleet = await LiveFleet.Start(home))
        {
            await fleet.Ask(new Request.Pause(PauseKind.StartNothing));
            await fleet.Ask(new Request.AddRepository(repository.Path, "main", null));
            var task = await fleet.Add(repository.Path, $"login --password {Secret}");
            await fleet.Ask(new Request.AbandonTask(task, "no"));
            await fleet.MeetsItsKeeper();
        }

        var next = await LiveFleet.Start(home);
        await next.MeetsItsKeeper();
        return next;
    }

    private IEnumerable<string> FilesWithTheSecret() =>
        Directory
            .EnumerateFiles(home.Root, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".sock", StringComparison.Ordinal))
            .Where(file => CopyOf.Text(file).Contains(Secret, StringComparison.Ordinal));
}
