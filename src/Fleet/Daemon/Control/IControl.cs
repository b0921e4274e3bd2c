using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Daemon;

/// <summary>What every door (CLI, web, agents) may ask of a fleet: of a running daemon, or in this process.</summary>
internal interface IControl : IAsyncDisposable
{
    /// <summary>Whether a daemon performs effects; without one a request is only recorded.</summary>
    bool DaemonRuns { get; }

    Task<Answer> Ask(ControlRequest request, CancellationToken stop);

    /// <summary>The tasks; with <see cref="TaskQuery.After"/> it answers once the log is past that position.</summary>
    Task<TaskList> Tasks(TaskQuery query, CancellationToken stop);

    /// <summary>One task with all that is known of it; none when there is no such task.</summary>
    Task<TaskStory?> Story(TaskId id, CancellationToken stop);

    Task<EventPage> Events(EventQuery query, CancellationToken stop);

    Task<FleetStatus> Status(CancellationToken stop);
}

/// <summary>A request with the client's own id: a repeat gets the first answer.</summary>
internal sealed record ControlRequest(string RequestId, string Who, Request Request);

/// <summary>Which tasks: open ones, or all; at most so many; and how long to wait for news.</summary>
internal sealed record TaskQuery(bool All, int Limit, long? After = null, TimeSpan Wait = default);

/// <summary>Which events: those after a position, of one task or of all.</summary>
internal sealed record EventQuery(long After, int Limit, TaskId? Task = null, TimeSpan Wait = default);
