using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>Facts to log rows and back.</summary>
internal static class Envelope
{
    public static NewEvent Of(Fact fact)
    {
        var run = EventKinds.RunOf(fact.Event);
        return new NewEvent(
            EventKinds.Of(fact.Event),
            fact.At,
            fact.Who.ToString(),
            fact.Cause,
            EventKinds.TaskOf(fact.Event)?.Number,
            run?.Number,
            EventJson.Body(fact.Event)
        );
    }

    /// <summary>The fact of a stored row; none when nothing is left of its body.</summary>
    public static Fact? Read(StoredEvent stored) =>
        EventJson.Read(stored.Kind, stored.Body) is { } e
            ? new Fact(stored.Seq, stored.At, Actor.Parse(stored.Actor), stored.Cause, e)
            : null;

    /// <summary>The state after every row; one that says nothing only moves the position.</summary>
    public static FleetState Fold(FleetState state, IEnumerable<StoredEvent> rows, RuleSet rules)
    {
        foreach (var row in rows)
        {
            state = Read(row) is { } fact ? rules.Evolve(state, fact) : Skipped(state, row);
        }

        return state;
    }

    /// <summary>What it said is gone, but its task's number stays taken.</summary>
    private static FleetState Skipped(FleetState state, StoredEvent row) =>
        state with
        {
            Seq = row.Seq,
            LastTask = Math.Max(state.LastTask, row.Task ?? 0),
        };
}
