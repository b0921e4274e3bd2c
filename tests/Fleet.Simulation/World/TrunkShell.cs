using Fleet.Rules;
using Fleet.Rules.Verification;

namespace Fleet.Simulation.World;

/// <summary>
/// Trunks, candidates and gates: performs what is asked of repositories, with the contract of the real shells.
/// </summary>
internal sealed class TrunkShell(SimWorld world)
{
    private readonly HashSet<(Tree, string)> upheld = [];

    /// <summary>Whether a gate really ran on exactly this tree and upheld it.</summary>
    public bool Upheld(Tree tree, string gate) => upheld.Contains((tree, gate));

    public Observation Read(RepositoryName name)
    {
        var repository = world.Repository(name);
        return repository.Unreadable
            ? new Observation.RepositoryNotRead(name, "cannot be read")
            : new Observation.RepositorySeen(
                name,
                repository.Head,
                Policy.Of(repository.Files),
                repository.Files[Policy.Path],
                Policy.CommandsHash(repository.Files)
            );
    }

    /// <summary>
    /// Trunk and its settings are read first; where that fails, nothing is said and it is tried again.
    /// </summary>
    public IEnumerable<Observation> Merge(Effect.BuildCandidate ask)
    {
        var repository = world.Repository(ask.Repository);
        if (repository.Unreadable)
        {
            return [];
        }

        var trunk = repository.Head;
        var (files, conflicts) = world.Objects.Merge(trunk, ask.Proposal.Commit);
        if (!conflicts.IsEmpty)
        {
            return [Read(repository.Name), new Observation.CandidateConflicted(ask.Id, ask.Number, trunk, conflicts)];
        }

        var merged = world.Objects.Add(files, trunk, ask.Proposal.Commit);
        var candidate = new Candidate(ask.Number, trunk, merged.Id, merged.Tree);
        return [Read(repository.Name), new Observation.CandidateMerged(ask.Id, candidate)];
    }

    public Observation Judge(Effect.RunGate ask)
    {
        var (tree, gate) = (ask.Candidate.Tree, ask.Gate.Name);
        Verdict verdict;
        if (world.Faults.Strikes(Fault.GateUndecided, 20))
        {
            verdict = new Verdict.Undecided("the gate was killed");
        }
        else if (Policy.Passes(gate, world.Objects[ask.Candidate.Commit].Files))
        {
            upheld.Add((tree, gate));
            verdict = new Verdict.Upheld();
        }
        else
        {
            verdict = new Verdict.Refuted([new Finding(gate, $"fails on {tree}")]);
        }

        var given = new GivenVerdict(tree, gate, Proof.Definition(ask.Gate), verdict, "", TimeSpan.Zero);
        return new Observation.GateAnswered(ask.Id, given);
    }

    /// <summary>Compare and swap; one that happened before is answered in the same way again.</summary>
    public Observation Land(Effect.MoveTrunk ask)
    {
        var repository = world.Repository(ask.Repository);
        var candidate = ask.Candidate;
        if (world.Objects.IsAncestor(candidate.Commit, repository.Head))
        {
            return new Observation.TrunkMoved(ask.Id, candidate.Number);
        }

        if (repository.Head != candidate.Trunk && !world.TrunkIsForced)
        {
            return new Observation.TrunkElsewhere(ask.Id, candidate.Number, repository.Head);
        }

        if (repository.Unreadable || world.Faults.Strikes(Fault.TrunkBusy, 30))
        {
            return new Observation.TrunkBusy(ask.Id, candidate.Number, "the checkout is not ready");
        }

        world.Trace.Say($"world   trunk of {repository.Name} moves to {candidate.Commit} for {ask.Id}");
        repository.Move(candidate.Commit, ask.Id);
        world.Landed(ask);
        return new Observation.TrunkMoved(ask.Id, candidate.Number);
    }

    public Observation Check(Effect.CheckLanding ask)
    {
        var repository = world.Repository(ask.Repository);
        var holds =
            world.Objects.IsAncestor(ask.Change.Commit, repository.Head)
            && world.Objects[ask.Change.Commit].Tree == ask.Change.Tree;
        return holds
            ? new Observation.LandingHolds(ask.Id, ask.Change.Commit)
            : new Observation.LandingBroken(ask.Repository, $"{ask.Change.Commit} is not on trunk as it was proven");
    }

    public Observation SetPauseFile(Effect.SetPauseFile ask)
    {
        var repository = world.Repository(ask.Repository);
        repository.PauseFile = ask.Present ? ask.Name : null;
        return new Observation.PauseFileIs(repository.Name, repository.PauseFile);
    }
}
