using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;

namespace Fleet.Rules;

/// <summary>Derived from the state after each event, so that decisions cost what is active, not what exists.</summary>
public sealed record Indexes
{
    public static readonly Indexes Empty = new();

    /// <summary>
    /// Tasks whose dependencies are met and that may start, most urgent first: apart for each repository, agent and
    /// coder, because each may have a reason of its own to start nothing: trust, a budget, an account.
    /// </summary>
    public ImmutableDictionary<ReadyOf, ImmutableSortedSet<ReadyTask>> Ready { get; init; } =
        ImmutableDictionary<ReadyOf, ImmutableSortedSet<ReadyTask>>.Empty;

    /// <summary>Tasks that may start, but not before a time.</summary>
    public ImmutableSortedSet<DelayedTask> Delayed { get; init; } = ImmutableSortedSet<DelayedTask>.Empty;

    /// <summary>Tasks with an open run, a proposal on its way, or an end that was asked for.</summary>
    public ImmutableSortedSet<TaskId> Active { get; init; } = ImmutableSortedSet<TaskId>.Empty;

    /// <summary>Tasks whose run may still have a process: each occupies a slot.</summary>
    public ImmutableSortedSet<TaskId> Live { get; init; } = ImmutableSortedSet<TaskId>.Empty;

    /// <summary>Tasks that go no further until a person acts, and about which nothing else is under way.</summary>
    public ImmutableSortedSet<TaskId> ForPerson { get; init; } = ImmutableSortedSet<TaskId>.Empty;

    /// <summary>Tasks that wait for another task, a limit or a budget.</summary>
    public ImmutableSortedSet<TaskId> Blocked { get; init; } = ImmutableSortedSet<TaskId>.Empty;

    /// <summary>Which tasks need a given one.</summary>
    public ImmutableDictionary<TaskId, ImmutableSortedSet<TaskId>> Dependents { get; init; } =
        ImmutableDictionary<TaskId, ImmutableSortedSet<TaskId>>.Empty;
    public ImmutableDictionary<RepositoryName, EffectiveSettings> Settings { get; init; } =
        ImmutableDictionary<RepositoryName, EffectiveSettings>.Empty;

    /// <summary>The state with its indexes made anew; used after a snapshot was read.</summary>
    public static FleetState Rebuild(FleetState state)
    {
        state = WithSettings(state with { Index = Empty });
        foreach (var task in state.Tasks.Values)
        {
            state = Replace(state, null, task);
        }

        return state;
    }

    /// <summary>
    /// Follows a change of one task: <paramref name="before"/> or <paramref name="after"/> may be absent.
    /// </summary>
    internal static FleetState Replace(FleetState state, FleetTask? before, FleetTask? after)
    {
        var index = state.Index;
        if (before is not null)
        {
            index = index.Without(before, after);
        }

        return after is null ? state with { Index = index } : state with { Index = index.With(after, state) };
    }

    /// <summary>Looks again at the tasks that need one that just ended.</summary>
    internal static FleetState Released(FleetState state, TaskId ended)
    {
        foreach (var id in state.Index.Dependents.GetValueOrDefault(ended) ?? [])
        {
            if (state.Tasks.TryGetValue(id, out var task))
            {
                state = Replace(state, task, task);
            }
        }

        return state with
        {
            Index = state.Index with { Dependents = state.Index.Dependents.Remove(ended) },
        };
    }

    internal static FleetState WithSettings(FleetState state) =>
        state with
        {
            Index = state.Index with
            {
                Settings = state.Repositories.Values.ToImmutableDictionary(
                    r => r.Name,
                    r => EffectiveSettings.Of(state.Home, r.Settings)
                ),
            },
        };

    /// <summary>Also looks again at the tasks that a budget may hold, or hold no more.</summary>
    internal static FleetState WithNewSettings(FleetState state)
    {
        state = WithSettings(state);
        foreach (var task in state.Tasks.Values)
        {
            state = Replace(state, task, task);
        }

        return state;
    }

    private Indexes Without(FleetTask before, FleetTask? after)
    {
        var key = ReadyOf.Task(before);
        var ready = Ready.GetValueOrDefault(key);
        var dependents = Dependents;
        if (after is null || !after.Brief.Needs.Equals(before.Brief.Needs))
        {
            foreach (var need in before.Brief.Needs)
            {
                dependents = dependents.TryGetValue(need, out var set)
                    ? dependents.SetItem(need, set.Remove(before.Id))
                    : dependents;
            }
        }

        var others = ready?.Remove(new ReadyTask(before.Brief.Priority, before.Id));
        return this with
        {
            Ready =
                others is null ? Ready
                : others.IsEmpty ? Ready.Remove(key)
                : Ready.SetItem(key, others),
            Delayed = before.NotBefore is { } at ? Delayed.Remove(new DelayedTask(at, before.Id)) : Delayed,
            Active = Active.Remove(before.Id),
            Live = Live.Remove(before.Id),
            ForPerson = ForPerson.Remove(before.Id),
            Blocked = Blocked.Remove(before.Id),
            Dependents = dependents,
        };
    }

    private Indexes WithWaiting(FleetTask task, Dependencies.Standing standing) =>
        task.Parked is { For: WaitingFor.Person } || (task.Parked is null && standing is Dependencies.Standing.Broken)
            ? this with
            {
                ForPerson = ForPerson.Add(task.Id),
            }
            : this with
            {
                Blocked = Blocked.Add(task.Id),
            };

    private Indexes With(FleetTask task, FleetState state)
    {
        var index = this;
        foreach (var need in task.Brief.Needs)
        {
            var set = index.Dependents.GetValueOrDefault(need) ?? [];
            index = state.Finished.ContainsKey(need)
                ? index
                : index with
                {
                    Dependents = index.Dependents.SetItem(need, set.Add(task.Id)),
                };
        }

        if (task.HasOpenRun || task is { Proposal: not null, Parked: null } || task.AbandonAsked is not null)
        {
            index = index with { Active = index.Active.Add(task.Id) };
        }

        if (task.Run is { IsLive: true })
        {
            index = index with { Live = index.Live.Add(task.Id) };
        }

        var standing = Dependencies.Of(task.Brief, state);
        var mayStart = task.MayStart && standing is Dependencies.Standing.Met;
        if (!mayStart || Books.OfTask(state, task) is not null)
        {
            return index.Active.Contains(task.Id) ? index : index.WithWaiting(task, standing);
        }

        var key = ReadyOf.Task(task);
        var ready = index.Ready.GetValueOrDefault(key) ?? [];
        return task.NotBefore is { } at
            ? index with
            {
                Delayed = index.Delayed.Add(new DelayedTask(at, task.Id)),
            }
            : index with
            {
                Ready = index.Ready.SetItem(key, ready.Add(new ReadyTask(task.Brief.Priority, task.Id))),
            };
    }
}

/// <summary>The repository, the agent and the coder of tasks that are ready: what holds one up holds up all.</summary>
public readonly record struct ReadyOf(RepositoryName Repository, string? Agent, string Coder)
{
    public static ReadyOf Task(FleetTask task) => new(task.Repository, task.Brief.Agent, task.Brief.Coder);
}

/// <summary>The order in which tasks start: priority first, then age.</summary>
public readonly record struct ReadyTask(int Priority, TaskId Id) : IComparable<ReadyTask>
{
    public int CompareTo(ReadyTask other) =>
        Priority == other.Priority ? Id.CompareTo(other.Id) : Priority.CompareTo(other.Priority);
}

/// <summary>A task that may start, but not before a time.</summary>
public readonly record struct DelayedTask(DateTimeOffset At, TaskId Id) : IComparable<DelayedTask>
{
    public int CompareTo(DelayedTask other) => At == other.At ? Id.CompareTo(other.Id) : At.CompareTo(other.At);
}
