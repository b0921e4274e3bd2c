using System.Collections.Immutable;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Tasks;

namespace Fleet.Simulation.Plants;

/// <summary>Ways to change one of the three functions and leave the others as they are.</summary>
internal static class Planting
{
    private static readonly RuleSet Right = RuleSet.Production;

    /// <summary>Decisions are made on a state that is not quite the real one.</summary>
    public static RuleSet Believing(Func<FleetState, Input, FleetState> view) =>
        Right with
        {
            Decide = (state, input, now) => Right.Decide(view(state, input), input, now),
        };

    /// <summary>Decisions are changed after they were made.</summary>
    public static RuleSet Deciding(Func<FleetState, Input, ImmutableArray<Event>, IEnumerable<Event>> change) =>
        Right with
        {
            Decide = (state, input, now) =>
            {
                var decision = Right.Decide(state, input, now);
                return decision with { Events = [.. change(state, input, decision.Events)] };
            },
        };

    /// <summary>
    /// What follows from an event is changed: given the state before, the event, and the right state after.
    /// </summary>
    public static RuleSet Evolving(Func<FleetState, Event, FleetState, FleetState> change) =>
        Right with
        {
            Evolve = (state, fact) => change(state, fact.Event, Right.Evolve(state, fact)),
        };

    /// <summary>The same for one kind of event and the task that it is about.</summary>
    public static RuleSet EvolvingTask<T>(Func<FleetTask?, T, FleetTask, FleetTask> change)
        where T : Event =>
        Evolving(
            (before, e, after) =>
                e is T wanted && EventKinds.TaskOf(e) is { } id && after.Tasks.TryGetValue(id, out var task)
                    ? Indexes.Rebuild(
                        after with
                        {
                            Tasks = after.Tasks.SetItem(id, change(before.Tasks.GetValueOrDefault(id), wanted, task)),
                        }
                    )
                    : after
        );

    public static FleetState WithTasks(this FleetState state, Func<FleetTask, FleetTask> change) =>
        Indexes.Rebuild(
            state with
            {
                Tasks = state.Tasks.ToImmutableSortedDictionary(t => t.Key, t => change(t.Value)),
            }
        );
}
