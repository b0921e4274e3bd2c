using System.Diagnostics;
using Fleet.Rules;

namespace Fleet.Simulation.World;

/// <summary>The world that a simulated fleet acts on: what is really there, whatever the fleet believes.</summary>
internal sealed class SimWorld(Timeline time, Chance chance, FaultPlan faults, Trace trace)
{
    private readonly SortedDictionary<string, SimRepository> repositories = new(StringComparer.Ordinal);

    public Timeline Time { get; } = time;

    public Chance Chance { get; } = chance;

    public FaultPlan Faults { get; } = faults;

    public Trace Trace { get; } = trace;

    public Objects Objects { get; } = new();

    public RunShell Runs => field ??= new RunShell(this);

    public TrunkShell Trunks => field ??= new TrunkShell(this);

    public IReadOnlyCollection<SimRepository> Repositories => repositories.Values;

    /// <summary>The newest epoch that the keeper and the hubs know: whoever has a lower one is refused.</summary>
    public Epoch Epoch { get; set; }

    /// <summary>A person left the mark that forbids new starts.</summary>
    public bool HaltMark { get; set; }

    /// <summary>A planted fault: trunk moves wherever it is told to.</summary>
    public bool TrunkIsForced { get; init; }

    /// <summary>Something happened by itself: whoever watches the world is told.</summary>
    public Action<Observation[]> Notice { get; set; } = _ => { };

    /// <summary>Trunk was just moved.</summary>
    public Action<Effect.MoveTrunk> Landed { get; set; } = _ => { };

    public SimRepository Repository(RepositoryName name) => repositories[name.Value];

    public void AddRepository(string root, string policy)
    {
        var files = Objects.NoFiles.Add(Policy.Path, policy).Add("readme", "1");
        var repository = new SimRepository(root, Objects, files);
        repositories.Add(repository.Name.Value, repository);
    }

    public IEnumerable<Observation> Perform(Effect effect) =>
        effect switch
        {
            Effect.ReadTrunk e => [Trunks.Read(e.Repository)],
            Effect.PrepareWorktree e => [Runs.Prepare(e)],
            Effect.StartRun e => Runs.Start(e),
            Effect.TellRun e => [new Observation.WordsHeard(e.Run, e.Told)],
            Effect.StopRun e => Runs.Stop(e.Run),
            Effect.FreezeRun e => [Runs.Freeze(e.Run)],
            Effect.ThawRun e => [Runs.Thaw(e.Run)],
            Effect.SaveWork e => [Runs.Save(e.Run)],
            Effect.RemoveWorktree e => [Runs.Remove(e.Run)],
            Effect.BuildCandidate e => Trunks.Merge(e),
            Effect.RunGate e => [Trunks.Judge(e)],
            Effect.MoveTrunk e => [Trunks.Land(e)],
            Effect.CheckLanding e => [Trunks.Check(e)],
            Effect.SetPauseFile e => [Trunks.SetPauseFile(e)],
            _ => throw new UnreachableException(),
        };
}
