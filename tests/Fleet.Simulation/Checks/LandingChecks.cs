using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Simulation.World;

namespace Fleet.Simulation.Checks;

/// <summary>Safety of trunks: what may land, and that the log and the trunks tell the same story.</summary>
internal sealed class LandingChecks(Ledger ledger, SimWorld world)
{
    private readonly HashSet<TaskId> moved = [];

    /// <summary>Trunk moved this moment: was that right, by everything that is durable now?</summary>
    public void Moved(Effect.MoveTrunk effect)
    {
        var task = ledger.Tasks[effect.Id];
        Violation.Unless(moved.Add(task.Id) && !task.Ended, Invariant.EachTaskLandsOnce, $"task {task.Id} lands again");
        var candidate = world.Objects[effect.Candidate.Commit];
        Violation.Unless(
            task.Proposal is { } p && p.Run.Number == task.Runs && candidate.Parents[1] == p.Commit,
            Invariant.OnlyTheProposalLands,
            $"{candidate.Id} does not carry the proposal of task {task.Id}"
        );
        Judged(task, candidate);
        Consented(task, candidate);
    }

    public void Before(Fact fact)
    {
        switch (fact.Event)
        {
            case Event.LandingStarted e:
                Violation.Unless(
                    !ledger.Landing.ContainsKey(e.Repository)
                        && !ledger.Halted.Contains(e.Repository)
                        && !ledger.Unchecked.Any(id => ledger.Tasks[id].Repository == e.Repository),
                    Invariant.OneLandingAtATime,
                    $"task {e.Id} beside another, or before the last one was checked"
                );
                break;
            case Event.Landed e:
                Recorded(ledger.Tasks[e.Id], e);
                break;
        }
    }

    /// <summary>At rest, every move of a trunk by Fleet is in the log, and all of it is still there.</summary>
    public void AtRest()
    {
        foreach (var repository in world.Repositories)
        {
            foreach (var move in repository.Moves)
            {
                Violation.Unless(
                    move.By is not { } id || ledger.Tasks[id].Landed,
                    Invariant.TrunkMovesOnlyByRecordedLandings,
                    $"{move.After} of task {move.By} is on trunk, but the log does not know"
                );
                Violation.Unless(
                    world.Objects.IsAncestor(move.After, repository.Head),
                    Invariant.LandedChangesStay,
                    $"{move.After} is gone"
                );
            }
        }
    }

    private void Judged(TaskLines task, SimCommit candidate)
    {
        if (task.Brief.NoGate)
        {
            return;
        }

        foreach (var gate in Policy.GatesOf(world.Objects[candidate.Parents[0]].Files))
        {
            Violation.Unless(
                world.Trunks.Upheld(candidate.Tree, gate.Name) && Policy.Passes(gate.Name, candidate.Files),
                Invariant.OnlyProvenTreesLand,
                $"{gate.Name} did not uphold {candidate.Id} ({candidate.Tree})"
            );
        }
    }

    private void Consented(TaskLines task, SimCommit candidate)
    {
        if (task.ApprovedByPerson.Contains(candidate.Parents[1]))
        {
            return;
        }

        var trunk = world.Objects[candidate.Parents[0]].Files;
        var auto = ledger.Home.Landing.Mode is LandingMode.Auto && Policy.IsAuto(trunk);
        var judged = task.Brief.NoGate || !Policy.GatesOf(trunk).IsEmpty;
        Violation.Unless(auto && judged, Invariant.ApprovedBeforeLanding, $"nobody approved {candidate.Parents[1]}");
        var run = world.Runs.Find(new RunId(task.Id, task.Runs));
        var trespassed =
            run is null
            || run.Plan.HasFlag(CoderPlan.EditsCheckout)
            || run.Files[Policy.Path] != world.Objects[run.Base].Files[Policy.Path];
        Violation.Unless(!trespassed, Invariant.TrespassNeedsPerson, $"nobody approved what {run?.Id} touched");
    }

    private void Recorded(TaskLines task, Event.Landed e)
    {
        var commit = world.Objects[e.Commit];
        Violation.Unless(!task.Landed, Invariant.EachTaskLandsOnce, $"task {task.Id} landed before");
        Violation.Unless(
            moved.Contains(task.Id)
                && world.Objects.IsAncestor(e.Commit, world.Repository(task.Repository).Head)
                && commit.Tree == e.Tree
                && commit.Parents[0] == e.TrunkBefore,
            Invariant.TrunkMovesOnlyByRecordedLandings,
            $"task {task.Id} did not land as {e.Commit}"
        );
    }
}
