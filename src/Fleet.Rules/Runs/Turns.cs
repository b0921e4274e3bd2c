using Fleet.Rules.Spending;

namespace Fleet.Rules.Runs;

/// <summary>What a coder's own stream says of a live run; a repeat, as after a daemon's death, is no news.</summary>
public static class Turns
{
    public static Decision SessionNamed(FleetState state, Observation.SessionNamed seen) =>
        Live(state, seen.Run) is { } run && !string.Equals(run.Session, seen.Session, StringComparison.Ordinal)
            ? Decision.Of(new Event.SessionBegan(seen.Run, seen.Session, seen.Model))
            : Decision.Nothing;

    public static Decision PermissionGiven(FleetState state, Observation.PermissionGiven seen) =>
        Live(state, seen.Run) is not null
            ? Decision.Of(new Event.PermissionAnswered(seen.Run, seen.Tool, seen.Input, seen.Allowed, seen.By))
            : Decision.Nothing;

    /// <summary>A run has one turn: its first terminal event counts.</summary>
    public static Decision Ended(FleetState state, Observation.CoderTurnEnded seen)
    {
        if (Live(state, seen.Run) is not { Turn: null })
        {
            return Decision.Nothing;
        }

        var ended = new Event.TurnEnded(seen.Run, seen.Turn);
        return seen.Spent == Usage.Unknown
            ? Decision.Of(ended)
            : Decision.Of(new Event.UsageSpent(seen.Run, seen.Spent, seen.IsExact), ended);
    }

    private static Run? Live(FleetState state, RunId id) =>
        state.Tasks.TryGetValue(id.Task, out var task)
        && task.Run is { IsLive: true, HasTurns: true } run
        && run.Id == id
            ? run
            : null;
}
