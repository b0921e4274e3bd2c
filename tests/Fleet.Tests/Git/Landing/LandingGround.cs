using Fleet.Git;
using Fleet.Git.Landing;
using Fleet.Rules;

namespace Fleet.Tests.Git.Landing;

/// <summary>A person's repository, Fleet's hub of it and a coder's clone, all real.</summary>
internal sealed class LandingGround : IDisposable
{
    public const string Home = "home1";
    private readonly Scratch scratch = new();
    private Repository? seen;

    public LandingGround(bool remote = false, string format = "sha1")
    {
        Shop = scratch.Repository(format: format);
        Hub = ((HubOutcome.Ready)new Hubs(At("hubs")).Open(new RepositoryName("shop"), format)).Hub;
        if (remote)
        {
            Origin = new ScratchRepository(Directory.CreateDirectory(At("origin.git")).FullName);
            Origin.Git("init", "-q", "--bare", "-b", "main");
            Shop.Git("remote", "add", "origin", Origin.Path);
            Shop.Git("push", "-q", "-u", "origin", "main");
            Shop.Git("remote", "set-head", "origin", "main");
        }

        Coder = new ScratchRepository(At("coder"));
        Shop.Git("clone", "-q", Shop.Path, Coder.Path);
        Coder.Git("config", "user.name", "Coder");
        Coder.Git("config", "user.email", "coder@example.org");
    }

    public ScratchRepository Shop { get; }

    public ScratchRepository? Origin { get; }

    public ScratchRepository Coder { get; }

    public Hub Hub { get; }

    public ScratchRepository TrunkHome => Origin ?? Shop;

    public string Trunk => TrunkHome.Git("rev-parse", "refs/heads/main");

    public string At(string name) => scratch.At(name);

    /// <summary>The person's repository as Fleet finds it now.</summary>
    public async Task<Repository> Look() =>
        seen = Assert.IsType<ProbeOutcome.Usable>(await RepositoryProbe.Look(Shop.Path, "main")).Repository;

    /// <summary>A coder's commit on the present trunk, harvested into the hub.</summary>
    public Commit Propose(Action<ScratchRepository> edit)
    {
        Coder.Git("fetch", "-q", TrunkHome.Path, "refs/heads/main");
        Coder.Git("checkout", "-q", "--detach", "--force", "FETCH_HEAD");
        Coder.Git("clean", "-q", "-ffdx");
        edit(Coder);
        Coder.Git("add", "--all", "--force");
        Coder.Git("commit", "-q", "--allow-empty", "-m", "Work");
        var proposal = Coder.Head;
        Bring(Coder, proposal);
        return new Commit(proposal);
    }

    /// <summary>Fetches a commit into the hub, as a harvest or a sync does.</summary>
    public void Bring(ScratchRepository from, string commit) =>
        from.Git("--git-dir", Hub.Path, "fetch", "-q", "--no-tags", from.Path, $"{commit}:refs/heads/came/{commit}");

    public Commit Propose(string file, string text) => Propose(coder => coder.Write(file, text));

    public async Task<CandidateOutcome> Build(Commit proposal, Commit? trunk = null) =>
        await Candidates.Build(Hub, await Plan(trunk ?? new Commit(Trunk), proposal));

    public async Task<CandidatePlan> Plan(Commit trunk, Commit proposal) =>
        new(
            trunk,
            (await CommitObject.Read(Hub, trunk))?.Tree ?? new Tree(new string('0', 40)),
            proposal,
            "Sell shoes\n\nFleet-Task: 12\nFleet-Run: 12.1\n",
            new Identity("Ada Lovelace", "ada@example.org"),
            DateTimeOffset.UnixEpoch.AddDays(20_000)
        );

    /// <summary>An order to land a change of one file on the present trunk.</summary>
    public async Task<LandingOrder> Order(string file, string text, long epoch = 1) =>
        await Order(Propose(file, text), epoch);

    public async Task<LandingOrder> Order(Commit proposal, long epoch = 1)
    {
        var built = Assert.IsType<CandidateOutcome.Built>(await Build(proposal));
        return new LandingOrder(new TaskId(12), built.Trunk, built.Commit, Home, new Epoch(epoch));
    }

    /// <summary>Lands in the repository as it was last looked at.</summary>
    public async Task<LandingOutcome> Again(LandingOrder order) =>
        await Fleet.Git.Landing.Trunk.Move(Hub, seen ?? await Look(), order, push: true);

    public async Task<LandingOutcome> Land(LandingOrder order, bool push = true) =>
        await Fleet.Git.Landing.Trunk.Move(Hub, await Look(), order, push);

    public void Dispose() => scratch.Dispose();
}
