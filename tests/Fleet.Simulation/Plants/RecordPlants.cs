using System.Collections.Immutable;
using Fleet.Daemon;
using Fleet.Rules;

namespace Fleet.Simulation.Plants;

/// <summary>Mistakes about the record, the state and what is owed.</summary>
internal static class RecordPlants
{
    private static readonly RuleSet Right = RuleSet.Production;

    /// <summary>Each effect is asked for once, as if it hung on the event that called for it.</summary>
    public static RuleSet EffectsHangOnEvents()
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        return Right with
        {
            Next = (state, now) =>
            {
                var owed = Right.Next(state, now);
                return owed with { Effects = [.. owed.Effects.Where(e => asked.Add(e.Key))] };
            },
        };
    }

    public static RuleSet IndexIsNotMaintained() =>
        Planting.Evolving(
            (before, e, after) =>
                e is Event.TaskEdited or Event.TaskParked ? after with { Index = before.Index } : after
        );

    /// <summary>The state remembers something that no event says.</summary>
    public static RuleSet MemoryKnowsMoreThanTheLog()
    {
        var folded = 0;
        return Planting.Evolving(
            (_, _, after) => ++folded % 40 == 0 ? after with { LastTask = after.LastTask + 1 } : after
        );
    }

    public static RuleSet RequestIdsAreForgotten() =>
        Planting.Evolving(
            (_, e, after) =>
                e is Event.TaskAdded ? after with { Requests = ImmutableDictionary<string, TaskId>.Empty } : after
        );

    public static RuleSet EpochStandsStill() =>
        Planting.Deciding(
            (state, _, events) =>
                events.Select(e =>
                    e is Event.EpochBegan began && state.Epoch.Number > 0 ? began with { Epoch = state.Epoch } : e
                )
        );

    public static RuleSet CauseComesLater() =>
        Planting.Evolving(
            (_, e, after) =>
                EventKinds.TaskOf(e) is { } id && after.Tasks.TryGetValue(id, out var task)
                    ? after with
                    {
                        Tasks = after.Tasks.SetItem(id, task with { LastSeq = after.Seq + 1 }),
                    }
                    : after
        );

    public static RuleSet TwoRulesFeedEachOther() =>
        Planting.Deciding(
            (state, input, events) =>
                input is Input.Tick && state.Tasks.Count > 2
                    ? [.. events, new Event.LandingHurried(state.Tasks.Keys.First())]
                    : events
        );
}
