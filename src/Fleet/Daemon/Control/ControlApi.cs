using System.Reflection;
using Fleet.Log;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Daemon;

/// <summary>What doors may ask, answered from the state and the log of this process.</summary>
/// <param name="state">The newest durable state.</param>
/// <param name="ask">Decides a request and answers once everything that follows is durable.</param>
/// <param name="log">Only read.</param>
/// <param name="live">Figures of live runs.</param>
/// <param name="changedAfter">Completes once the log is past a position, or the time is over.</param>
/// <param name="daemonPid">The daemon that this is part of; none when this process only visits.</param>
internal sealed class ControlApi(
    Func<FleetState> state,
    Func<Input, CancellationToken, Task<Answer>> ask,
    IEventLog log,
    Func<IReadOnlyDictionary<RunId, LiveRun>> live,
    Func<long, TimeSpan, CancellationToken, Task> changedAfter,
    TimeProvider clock,
    int? daemonPid
) : IControl
{
    public const int MostRows = 10_000;
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public static string Version { get; } =
        typeof(ControlApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    public bool DaemonRuns => daemonPid is not null;

    public Task<Answer> Ask(ControlRequest request, CancellationToken stop) =>
        ask(new Input.Asked(request.RequestId, Actor.Parse(request.Who), request.Request), stop);

    public async Task<TaskList> Tasks(TaskQuery query, CancellationToken stop)
    {
        await Wait(query.After, query.Wait, stop);
        return TaskTable.Of(state(), query.All, Math.Clamp(query.Limit, 1, MostRows), live(), clock.GetUtcNow());
    }

    public Task<TaskStory?> Story(TaskId id, CancellationToken stop)
    {
        var now = state();
        var story =
            now.Tasks.TryGetValue(id, out var task) ? TaskStory.Of(now, task, live(), clock.GetUtcNow())
            : now.Finished.TryGetValue(id, out var ended) ? TaskStory.Of(now, ended, FactsOf(id))
            : null;
        return Task.FromResult(story);
    }

    public async Task<EventPage> Events(EventQuery query, CancellationToken stop)
    {
        await Wait(query.Wait > TimeSpan.Zero ? query.After : null, query.Wait, stop);
        var limit = Math.Clamp(query.Limit, 1, MostRows);
        var asOf = state().Seq;
        var rows = Stored(query.After, asOf, query.Task).Take(limit).Select(Row).ToArray();
        return new EventPage(rows.Length == limit ? rows[^1].Seq : Math.Max(asOf, query.After), [.. rows]);
    }

    public Task<FleetStatus> Status(CancellationToken stop) =>
        Task.FromResult(FleetStatus.Of(state(), Version, daemonPid, clock.GetUtcNow()));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task Wait(long? after, TimeSpan wait, CancellationToken stop) =>
        after is { } seq && wait > TimeSpan.Zero
            ? changedAfter(seq, wait < LongestWait ? wait : LongestWait, stop)
            : Task.CompletedTask;

    private IEnumerable<Fact> FactsOf(TaskId id) => Stored(0, state().Seq, id).Select(Envelope.Read).OfType<Fact>();

    private IEnumerable<StoredEvent> Stored(long after, long upTo, TaskId? task) =>
        log.Read(after).TakeWhile(e => e.Seq <= upTo).Where(e => task is null || e.Task == task.Value.Number);

    private static EventRow Row(StoredEvent stored)
    {
        var task = stored.Task is { } number ? new TaskId(number) : (TaskId?)null;
        return new EventRow(
            stored.Seq,
            stored.At,
            stored.Kind,
            stored.Actor,
            stored.Cause,
            task,
            task is { } of && stored.Run is { } run ? new RunId(of, run).ToString() : null,
            Envelope.Read(stored) is { } fact ? EventWords.Of(fact.Event)
                : stored.Body is null ? "its body was removed"
                : "of a kind that only a newer Fleet knows",
            stored.Body,
            stored.Hash
        );
    }
}
