using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Views;
using Fleet.Tests.Git;

namespace Fleet.Tests.Daemon;

public sealed class DaemonStories : IDisposable
{
    private const string Gate = """
        version: 1
        gates:
          - { name: tests, run: "sh test.sh", timeout: 10s }
        """;

    private readonly Scratch scratch = new();
    private readonly FleetHome home;

    public DaemonStories() => home = new FleetHome(scratch.At("home"));

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_task_goes_from_added_to_landed_once_a_person_approved()
    {
        var repository = Gated();
        await using var fleet = await Ready(repository);
        var task = await fleet.Add(repository.Path, "echo more >> README && git commit -qam more");

        await fleet.Until(task, s => s is { State: TaskState.Proven, For: WaitingFor.Person });
        Assert.Equal(0, (await fleet.Ask(new Request.Approve(task))).Code);
        await fleet.Until(task, s => s.State is TaskState.Landed);

        Assert.Equal("hello\nmore\n", repository.Read("README"));
        Assert.Equal("", repository.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task A_lie_about_tests_is_refused_by_the_gate()
    {
        var repository = Gated();
        await using var fleet = await Ready(repository);
        var task = await fleet.Add(repository.Path, "rm README; echo all tests pass");

        var status = await fleet.Until(task, s => s.State is TaskState.Waiting);

        Assert.Equal(WaitingFor.Person, status.For);
        Assert.StartsWith("refused: gate tests", status.Why, StringComparison.Ordinal);
        Assert.Equal(Answer.VerificationFailed, (await fleet.Ask(new Request.Approve(task))).Code);
    }

    [Fact]
    public async Task A_worktree_is_set_up_before_its_coder_sees_it()
    {
        var repository = scratch.Repository();
        repository.Write(
            ".fleet/fleet.yaml",
            "version: 1\nworktrees: { setup: [echo ready > tools, echo twice >> tools] }\n"
        );
        repository.Write(".gitignore", "tools\n");
        repository.Commit("Set up");
        await using var fleet = await Ready(repository);

        var task = await fleet.Add(repository.Path, "cp tools seen");
        await fleet.Until(task, s => s.For is WaitingFor.Person);

        Assert.Equal("ready\ntwice", repository.Git("cat-file", "blob", $"refs/fleet/kept/{task}/1:seen"));
    }

    [Fact]
    public async Task A_setup_that_fails_is_told_with_its_last_words_and_nothing_runs()
    {
        var repository = scratch.Repository();
        repository.Write(".fleet/fleet.yaml", "version: 1\nworktrees: { setup: [\"echo error: no tools; exit 3\"] }\n");
        repository.Commit("Set up");
        await using var fleet = await Ready(repository);

        var task = await fleet.Add(repository.Path, "touch ran");
        var status = await fleet.Until(task, s => s.For is WaitingFor.Person);

        Assert.Contains("setup failed: exit code 3: error: no tools", status.Why, StringComparison.Ordinal);
        Assert.False(File.Exists(RunFiles.Transcript(fleet.Home.Run(new RunId(task, 1)))));
    }

    [Fact]
    public async Task Submodules_that_come_later_start_no_run_and_land_nothing()
    {
        var repository = Gated();
        await using var fleet = await Ready(repository);
        var proven = await fleet.Add(repository.Path, "echo more >> README");
        await fleet.Until(proven, s => s.State is TaskState.Proven);

        repository.Write(".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = ../x\n");
        repository.Commit("Add a submodule");
        var late = await fleet.Add(repository.Path, "echo 1 > late");
        var refused = await fleet.Until(late, s => s.For is WaitingFor.Person);
        await fleet.Ask(new Request.Approve(proven));
        var held = await fleet.Until(proven, s => s.State is TaskState.Waiting);

        Assert.Contains("submodules", refused.Why, StringComparison.Ordinal);
        Assert.Contains("submodules", held.Why, StringComparison.Ordinal);
        Assert.Equal("hello\n", repository.Read("README"));
    }

    /// <summary>A repository whose test insists on a README, with its commands trusted.</summary>
    private ScratchRepository Gated()
    {
        var repository = scratch.Repository();
        repository.Write("test.sh", "test -f README\n");
        repository.Write(".fleet/fleet.yaml", Gate);
        repository.Commit("Add a gate");
        return repository;
    }

    private async Task<LiveFleet> Ready(ScratchRepository repository)
    {
        var fleet = await LiveFleet.Start(home);
        await fleet.Ask(new Request.AddRepository(repository.Path, "main", null));
        while (fleet.State.RepositoryAt(repository.Path) is not { CommandsHash: not null })
        {
            await fleet.Host.Pump.ChangedAfter(fleet.State.Seq, LiveFleet.Patience, CancellationToken.None);
        }

        var hash = fleet.State.RepositoryAt(repository.Path)!.CommandsHash!;
        await fleet.Ask(new Request.Trust(repository.Path, hash));
        return fleet;
    }
}
