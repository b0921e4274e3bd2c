using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Runs;

/// <summary>What shells saw of a run; the word of any run but the newest one of its task is ignored.</summary>
public static class RunProgress
{
    public static Decision Prepared(FleetState state, Observation.WorktreeReady seen) =>
        Newest(state, seen.Run) is { IsLive: true, Worktree: null }
            ? Decision.Of(new Event.WorktreePrepared(seen.Run, seen.Path, seen.Base, seen.Branch))
            : Decision.Nothing;

    public static Decision Spawned(FleetState state, Observation.ProcessSpawned seen) =>
        Newest(state, seen.Run) is not { IsLive: true, Process: null } ? Decision.Nothing
        : seen.Context is { } context
            ? Decision.Of(new Event.ContextGiven(seen.Run, context), new Event.RunSpawned(seen.Run, seen.Process))
        : Decision.Of(new Event.RunSpawned(seen.Run, seen.Process));

    public static Decision PassedLimit(FleetState state, Observation.RunPassedLimit seen) =>
        Newest(state, seen.Run) is { IsLive: true, Stop: null, FrozenAt: null }
            ? Decision.Of(new Event.RunStopAsked(seen.Run, seen.Reason, seen.Why))
            : Decision.Nothing;

    public static Decision Frozen(FleetState state, RunId run) =>
        Newest(state, run) is { IsLive: true, FrozenAt: null }
            ? Decision.Of(new Event.RunFrozen(run))
            : Decision.Nothing;

    public static Decision Thawed(FleetState state, RunId run) =>
        Newest(state, run) is { IsLive: true, MayBeFrozen: true }
            ? Decision.Of(new Event.RunThawed(run))
            : Decision.Nothing;

    public static Decision Ended(FleetState state, Observation.TreeEnded seen) =>
        Newest(state, seen.Run) is { IsLive: true }
            ? Decision.Of(new Event.RunExited(seen.Run, seen.Exit, seen.By))
            : Decision.Nothing;

    /// <summary>Runs past their time limit are stopped; time frozen, or waiting for a person, does not count.</summary>
    public static IEnumerable<Event> Overtime(FleetState state, DateTimeOffset now)
    {
        foreach (var task in state.Index.Live.Select(id => state.Tasks[id]).Where(t => t.AbandonAsked is null))
        {
            if (Deadline(state, task) is { } deadline && deadline <= now && task.Run is { } run)
            {
                var limit = state.SettingsOf(task.Repository).Limits.Time;
                yield return new Event.RunStopAsked(
                    run.Id,
                    StopReason.Overtime,
                    $"ran longer than {DurationText.Write(limit)}"
                );
            }
        }
    }

    /// <summary>When a live run will have run too long; none while that cannot happen.</summary>
    public static DateTimeOffset? Deadline(FleetState state, FleetTask task) =>
        task.Run is { IsLive: true, Stop: null, FrozenAt: null, AskedSince: null } run
            ? (run.SpawnedAt ?? run.StartedAt)
                + run.FrozenFor
                + run.AskedFor
                + state.SettingsOf(task.Repository).Limits.Time
            : null;

    private static Run? Newest(FleetState state, RunId id) =>
        state.Tasks.TryGetValue(id.Task, out var task) && task.Run is { } run && run.Id == id ? run : null;
}
