using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Scheduling;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Verification;

/// <summary>How evidence about a proposal comes in, and what follows from it.</summary>
public static class Gating
{
    public static readonly Actor Who = Actor.Rule("verification");

    public static Decision Merged(FleetState state, Observation.CandidateMerged seen) =>
        Awaiting(state, seen.Id, seen.Candidate.Number) is null
            ? Decision.Nothing
            : Decision.Of(new Event.CandidateBuilt(seen.Id, seen.Candidate));

    public static Decision Conflicted(FleetState state, Observation.CandidateConflicted seen, DateTimeOffset now)
    {
        if (Awaiting(state, seen.Id, seen.Number) is not { Proposal: { } proposal } task)
        {
            return Decision.Nothing;
        }

        var paths = string.Join(", ", seen.Paths.Take(MaxPathsNamed));
        var finding = new Finding("merge", $"conflicts with trunk {seen.Trunk.Short} in {paths}");
        return Decision.Of(Refuted(state, task, proposal, [finding], now));
    }

    public static Decision Answered(FleetState state, Observation.GateAnswered seen) =>
        state.Tasks.TryGetValue(seen.Id, out var task)
        && task.Proposal is { Candidate: { } candidate } proposal
        && candidate.Tree == seen.Verdict.Tree
        && !proposal.Verdicts.Any(v => SameQuestion(v, seen.Verdict))
            ? Decision.Of(new Event.VerdictGiven(seen.Id, seen.Verdict))
            : Decision.Nothing;

    /// <summary>A person says no: the findings go back to the task.</summary>
    public static Decision Rejected(FleetState state, FleetTask task, string why, string who, DateTimeOffset now) =>
        task is { Proposal: { IsRefuted: false } proposal }
            ? new Decision(
                [.. Refuted(state, task, proposal, [new Finding(who, why)], now)],
                new Answer(Answer.Done, $"task {task.Id} rejected")
            )
            : Decision.Refuse(Answer.Refused, $"task {task.Id} has no proposal to reject", $"fleet task {task.Id}");

    /// <summary>What the verdicts so far amount to, for each proposal that is not settled yet.</summary>
    public static IEnumerable<Event> Conclusions(FleetState state, DateTimeOffset now)
    {
        foreach (var task in state.Index.Active.Select(id => state.Tasks[id]))
        {
            if (task is not { Parked: null, AbandonAsked: null, Proposal: { IsMoving: false } proposal })
            {
                continue;
            }

            foreach (var e in Conclusion(state, task, proposal, now))
            {
                yield return e;
            }
        }
    }

    private const int MaxPathsNamed = 5;

    private static IEnumerable<Event> Conclusion(
        FleetState state,
        FleetTask task,
        Proposal proposal,
        DateTimeOffset now
    ) =>
        Proof.Of(task, proposal, state.SettingsOf(task.Repository).Gates) switch
        {
            Proof.Proven when proposal.ProvenSeq is null => [new Event.ProposalProven(task.Id, proposal.Commit)],
            Proof.Refuted refuted => Refuted(state, task, proposal, refuted.Findings, now),
            Proof.Undecided undecided =>
            [
                new Event.TaskParked(task.Id, WaitingFor.Person, $"undecided: {undecided.Why}"),
            ],
            _ => [],
        };

    /// <summary>A refused proposal returns to its agent, or to a person once that was tried often enough.</summary>
    internal static IEnumerable<Event> Refuted(
        FleetState state,
        FleetTask task,
        Proposal proposal,
        ImmutableArray<Finding> findings,
        DateTimeOffset now
    )
    {
        var retries = state.Home.Retries;
        var allowed = task.Brief.IsCommand ? retries.AfterCommandRefusal : retries.AfterRefusal;
        var refusals = task.Refusals + 1;
        if (refusals <= allowed)
        {
            var wait = new Backoff(retries.Backoff).After(refusals, proposal.Run);
            yield return new Event.ProposalRefuted(task.Id, proposal.Commit, findings, now + wait);
            yield break;
        }

        var why = string.Join("; ", findings.Select(f => $"{f.By}: {f.Why}"));
        yield return new Event.ProposalRefuted(task.Id, proposal.Commit, findings, RetryAt: null);
        yield return new Event.TaskParked(task.Id, WaitingFor.Person, $"refused: {why}");
    }

    /// <summary>The task whose proposal waits for exactly this candidate.</summary>
    private static FleetTask? Awaiting(FleetState state, TaskId id, int number) =>
        state.Tasks.TryGetValue(id, out var task)
        && task is { Parked: null, Proposal.Candidate: null }
        && task.Candidates + 1 == number
            ? task
            : null;

    private static bool SameQuestion(GivenVerdict a, GivenVerdict b) =>
        a.Tree == b.Tree && string.Equals(a.Definition, b.Definition, StringComparison.Ordinal);
}
