using Fleet.Rules.Repositories;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules.Landing;

/// <summary>
/// Which proposal lands next: one at a time in each repository, hurried ones first, then by priority and age.
/// </summary>
public static class MergeQueue
{
    public static readonly Actor Who = Actor.Rule("landing");

    /// <summary>
    /// Puts a proposal in front wherever nothing is being landed, and sends back candidates that trunk left behind.
    /// </summary>
    public static IEnumerable<Event> Turns(FleetState state, DateTimeOffset now)
    {
        if (state.Paused is not null)
        {
            yield break;
        }

        foreach (var repository in state.Repositories.Values)
        {
            if (Turn(state, repository, now) is { } e)
            {
                yield return e;
            }
        }
    }

    /// <summary>When a landing that was deferred may be tried again; none when there is none.</summary>
    public static DateTimeOffset? WakeAt(FleetState state, DateTimeOffset now)
    {
        DateTimeOffset? earliest = null;
        foreach (var task in state.Index.Active.Select(id => state.Tasks[id]))
        {
            if (task.Proposal?.Delay?.Until is { } until && until > now && (earliest is null || until < earliest))
            {
                earliest = until;
            }
        }

        return earliest;
    }

    private static Event? Turn(FleetState state, Repository repository, DateTimeOffset now)
    {
        if (repository.Landing is { } landing)
        {
            return
                state.Tasks.TryGetValue(landing, out var task)
                && task is { AbandonAsked: null, Proposal: { IsMoving: false } proposal }
                ? Onward(state, repository, task, proposal, now)
                : null;
        }

        var halted = repository.Halted is not null || state.Unchecked.Values.Any(u => u.Repository == repository.Name);
        return !halted && repository.IsTrusted && Front(state, repository, now) is { } front
            ? new Event.LandingStarted(front.Id, repository.Name)
            : null;
    }

    /// <summary>
    /// The next step of the landing at the front; one that lost its permission makes room for others.
    /// </summary>
    private static Event? Onward(
        FleetState state,
        Repository repository,
        FleetTask task,
        Proposal proposal,
        DateTimeOffset now
    ) =>
        (proposal.Candidate, LandingPolicy.Of(state, task, proposal)) switch
        {
            ({ } candidate, _) when candidate.Trunk != repository.Head => new Event.CandidateOutdated(
                task.Id,
                candidate.Number
            ),
            (_, Permission.NeedsPerson) => new Event.LandingDeferred(task.Id, "a person must approve it first", now),
            ({ } candidate, Permission.Granted) when repository is { Halted: null, IsTrusted: true } =>
                new Event.TrunkMoveAsked(task.Id, candidate.Number),
            _ => null,
        };

    private static FleetTask? Front(FleetState state, Repository repository, DateTimeOffset now)
    {
        FleetTask? front = null;
        foreach (var task in state.Index.Active.Select(id => state.Tasks[id]))
        {
            if (task.Repository == repository.Name && MayLand(state, task, now) && Before(task, front))
            {
                front = task;
            }
        }

        return front;
    }

    private static bool MayLand(FleetState state, FleetTask task, DateTimeOffset now) =>
        task is { Parked: null, AbandonAsked: null, Proposal: { } proposal }
        && !(proposal.Delay?.Until > now)
        && LandingPolicy.Of(state, task, proposal) is Permission.Granted;

    private static bool Before(FleetTask task, FleetTask? other) =>
        other is null || Comparer<(bool, int, long)>.Default.Compare(Rank(task), Rank(other)) < 0;

    private static (bool, int, long) Rank(FleetTask task) =>
        (!Hurried(task.Proposal), task.Brief.Priority, task.Proposal?.ProvenSeq ?? long.MaxValue);

    private static bool Hurried(Proposal? proposal) => proposal is { Hurried: true };
}
