using System.Collections.Immutable;
using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;

namespace Fleet.Tests.Git;

/// <summary>A person's repository, a hub for it with trunk in it, and worktrees made from it.</summary>
internal sealed class Home : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    public static readonly RunId Run = new(new TaskId(12), 1);

    private Home(string format)
    {
        Shop = Scratch.Repository("shop", format);
        Hubs = new Hubs(Scratch.At("home", "hubs"));
    }

    public Scratch Scratch { get; } = new();
    public ScratchRepository Shop { get; }
    public Hubs Hubs { get; }
    public Hub Hub { get; private set; } = null!;
    public EpochClaim Claim { get; private set; } = null!;
    public Repository Repository { get; private set; } = null!;
    public Worktrees Worktrees => new(Hub, Claim);
    public Commit Trunk => new(Shop.Git("rev-parse", "main"));

    /// <summary>A marker that only a program run against the rules would leave.</summary>
    public string Marker => Scratch.At("marker");

    public static async Task<Home> Open(Action<ScratchRepository>? before = null, string format = "sha1")
    {
        var home = new Home(format);
        before?.Invoke(home.Shop);
        home.Repository = Assert.IsType<ProbeOutcome.Usable>(await RepositoryProbe.Look(home.Shop.Path)).Repository;
        home.Hub = Assert.IsType<HubOutcome.Ready>(home.Hubs.Open(new RepositoryName("shop"), format)).Hub;
        home.Claim = Assert.IsType<EpochOutcome.Taken>(await EpochRef.Take(home.Hub, new Epoch(1), "test")).Claim;
        Assert.IsType<SyncOutcome.At>(await TrunkSync.Run(home.Hub, home.Claim, home.Repository));
        return home;
    }

    /// <summary>Where the worktree of <see cref="Run"/> is made in the first epoch.</summary>
    public string Place => Scratch.At("worktrees", $"{new WorktreePlace(Run, new Epoch(1))}");

    public WorktreeRequest Request(string? name = null, WorktreeKind kind = WorktreeKind.Clone, RunId? run = null) =>
        new(
            run ?? Run,
            Trunk,
            BranchName.Of((run ?? Run).Task, "Fix the login"),
            name is null ? Place : Scratch.At("worktrees", name),
            "main",
            Repository.Author,
            kind,
            Shop.Path,
            []
        );

    /// <summary>Puts a later daemon in charge of the hub.</summary>
    public async Task Reign(Epoch epoch) =>
        Claim = Assert.IsType<EpochOutcome.Taken>(await EpochRef.Take(Hub, epoch, "successor")).Claim;

    public async Task<ScratchRepository> Worktree(WorktreeKind kind = WorktreeKind.Clone, params string[] carry)
    {
        var request = Request(kind: kind) with { Carry = [.. carry] };
        var ready = Assert.IsType<WorktreeOutcome.Ready>(await Worktrees.Prepare(request));
        return new ScratchRepository(ready.Worktree.Path);
    }

    public Task<HarvestOutcome> Save(RunId? run = null, string? worktree = null) =>
        Harvest.Save(
            Hub,
            Claim,
            new HarvestRequest(run ?? Run, worktree ?? Place, "Fix the login", Repository.Author, Noon)
        );

    public async Task<HarvestedWork> Saved(string? worktree = null) =>
        await Save(worktree: worktree) switch
        {
            HarvestOutcome.Saved saved => saved.Work,
            var other => throw new InvalidOperationException(other.ToString()),
        };

    /// <summary>The files of a commit in the hub, as <c>mode path</c>.</summary>
    public async Task<ImmutableArray<string>> Files(Commit commit)
    {
        var listed = (await Hub.Git.Run("ls-tree", "-r", "--format=%(objectmode) %(path)", commit.Sha)).Must("list");
        return [.. listed.Split('\n')];
    }

    public async Task<string> Content(Commit commit, string path) =>
        (await Hub.Git.Run("cat-file", "blob", $"{commit.Sha}:{path}")).Must("read");

    public void Dispose() => Scratch.Dispose();
}
