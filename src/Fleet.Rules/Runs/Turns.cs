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
        Live(state, seen.Run) is { } run && (seen.Request is null || seen.Request != run.Answered)
            ? Decision.Of(
                new Event.PermissionAnswered(seen.Run, seen.Tool, seen.Input, seen.Allowed, seen.By, seen.Request)
            )
            : Decision.Nothing;

    /// <summary>Also where the run has ended since: it did hear.</summary>
    public static Decision WordsHeard(FleetState state, Observation.WordsHeard seen) =>
        state.Tasks.TryGetValue(seen.Run.Task, out var task)
        && task.Run?.Id == seen.Run
        && task.Told.Any(told => told.Seq == seen.Told && told.Heard is null)
            ? Decision.Of(new Event.WordsHeard(seen.Run, seen.Told))
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
