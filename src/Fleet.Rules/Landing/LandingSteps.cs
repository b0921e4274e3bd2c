using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules.Landing;

/// <summary>A person's word on a proposal, and what shells saw of its landing.</summary>
public static class LandingSteps
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    public static Decision Approve(FleetState state, FleetTask task)
    {
        if (task.Proposal is not { } proposal)
        {
            return NoProposal(task);
        }

        if (proposal.IsRefuted)
        {
            return Decision.Refuse(
                Answer.VerificationFailed,
                $"task {task.Id} was refused by evidence, which no approval outweighs: {task.LastSetback}",
                $"fleet retry {task.Id}"
            );
        }

        return proposal.IsApproved && task.Parked is null
            ? Decision.Say(new Answer(Answer.Done, $"task {task.Id} is approved already"))
            : Decision.Done(
                $"task {task.Id} approved at {proposal.Commit.Short}",
                new Event.ProposalApproved(task.Id, proposal.Commit)
            );
    }

    public static Decision Hurry(FleetTask task) =>
        task.Proposal is null
            ? NoProposal(task)
            : Decision.Done($"task {task.Id} lands next", new Event.LandingHurried(task.Id));

    /// <summary>Trunk moved to the candidate; also when the answer comes late or twice.</summary>
    public static Decision Moved(FleetState state, Observation.TrunkMoved seen) =>
        (Candidate(state, seen.Id, seen.Number) ?? Outdated(state, seen.Id, seen.Number)) is { } candidate
            ? Decision.Of(new Event.Landed(seen.Id, candidate.Commit, candidate.Tree, candidate.Trunk))
            : Decision.Nothing;

    public static Decision Elsewhere(FleetState state, Observation.TrunkElsewhere seen) =>
        IsMoving(state, seen.Id, seen.Number)
            ? Decision.Of(
                new Event.TrunkSeen(state.Tasks[seen.Id].Repository, seen.Head),
                new Event.CandidateOutdated(seen.Id, seen.Number)
            )
            : Decision.Nothing;

    public static Decision Busy(FleetState state, Observation.TrunkBusy seen, DateTimeOffset now)
    {
        if (!IsMoving(state, seen.Id, seen.Number))
        {
            return Decision.Nothing;
        }

        var times = state.Tasks[seen.Id].Proposal?.Delay?.Times ?? 0;
        var doubled = FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(times, 10));
        var wait = TimeSpan.FromSeconds(Math.Min(doubled, LongestDelay.TotalSeconds));
        return Decision.Of(new Event.LandingDeferred(seen.Id, seen.Why, now + wait));
    }

    public static Decision Holds(FleetState state, Observation.LandingHolds seen) =>
        state.Unchecked.TryGetValue(seen.Id, out var landing) && landing.Change.Commit == seen.Commit
            ? Decision.Of(new Event.LandingChecked(seen.Id, seen.Commit))
            : Decision.Nothing;

    public static Decision Broken(FleetState state, Observation.LandingBroken seen) =>
        state.Repositories.TryGetValue(seen.Repository, out var repository) && repository.Halted is null
            ? Decision.Of(new Event.RepositoryHalted(seen.Repository, seen.Why))
            : Decision.Nothing;

    /// <summary>
    /// A word that comes late, or twice, is about a candidate that trunk is not asked to move to any more.
    /// </summary>
    private static bool IsMoving(FleetState state, TaskId id, int number) =>
        state.Tasks.TryGetValue(id, out var task)
        && task.Proposal is { IsMoving: true } proposal
        && proposal.MoveAsked == number;

    private static Candidate? Candidate(FleetState state, TaskId id, int number) =>
        state.Tasks.TryGetValue(id, out var task)
        && task.Proposal?.Candidate is { } candidate
        && candidate.Number == number
            ? candidate
            : null;

    private static Candidate? Outdated(FleetState state, TaskId id, int number) =>
        state.Tasks.TryGetValue(id, out var task)
        && task.Proposal?.Outdated is { } candidate
        && candidate.Number == number
            ? candidate
            : null;

    private static Decision NoProposal(FleetTask task) =>
        Decision.Refuse(Answer.Refused, $"task {task.Id} has no proposal yet", $"fleet wait {task.Id} --for proposed");
}
