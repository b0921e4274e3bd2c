using Fleet.Rules.Attention;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Views;

/// <summary>The list of tasks, the most wanted first. It costs what it shows, not what exists.</summary>
public static class TaskTable
{
    /// <param name="all">Ended tasks too, the newest first, after the open ones.</param>
    /// <param name="limit">At most so many rows.</param>
    public static TaskList Of(
        FleetState state,
        bool all,
        int limit,
        IReadOnlyDictionary<RunId, LiveRun> live,
        DateTimeOffset now
    )
    {
        var open = Open(state, limit, now).Take(limit).Select(task => TaskRow.Of(state, task, live, now));
        var rows = all ? open.Concat(state.Finished.Values.Reverse().Select(TaskRow.Of)).Take(limit) : open;
        var shown = rows.ToArray();
        var exist = state.Tasks.Count + (all ? state.Finished.Count : 0);
        return new TaskList(state.Seq, exist - shown.Length, [.. shown]);
    }

    /// <summary>Live, for a person, on the way to trunk, ready, delayed, and what waits for something else.</summary>
    private static IEnumerable<FleetTask> Open(FleetState state, int limit, DateTimeOffset now)
    {
        var underWay = state.Index.Active.Select(id => state.Tasks[id]).ToLookup(task => Turn(state, task, now));
        return underWay[0]
            .Concat(underWay[1])
            .Concat(Tasks(state, state.Index.ForPerson))
            .Concat(Ready(state, limit, mayRun: false))
            .Concat(underWay[2])
            .Concat(Ready(state, limit, mayRun: true))
            .Concat(Tasks(state, state.Index.Delayed.Select(delayed => delayed.Id)))
            .Concat(Tasks(state, state.Index.Blocked));
    }

    private static int Turn(FleetState state, FleetTask task, DateTimeOffset now) =>
        task.HasOpenRun ? 0
        : TaskStatus.Of(state, task, now).For is WaitingFor.Person ? 1
        : 2;

    /// <summary>Where a person is needed first: to trust a repository or to mend it, or to sign in.</summary>
    private static IEnumerable<FleetTask> Ready(FleetState state, int limit, bool mayRun) =>
        state
            .Index.Ready.Where(ready => MayRun(state, ready.Key) == mayRun)
            .SelectMany(ready => ready.Value.Take(limit))
            .Order()
            .Select(ready => state.Tasks[ready.Id]);

    private static bool MayRun(FleetState state, ReadyOf tasks) =>
        state.Repositories.TryGetValue(tasks.Repository, out var repository)
        && repository is { IsTrusted: true, Unreadable: null }
        && !state.PoolOf(tasks.Coder).NeedsPerson;

    private static IEnumerable<FleetTask> Tasks(FleetState state, IEnumerable<TaskId> ids) =>
        ids.Select(id => state.Tasks[id]);
}
