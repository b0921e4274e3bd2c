using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fleet.Log;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Repositories;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;

namespace Fleet.Daemon;

/// <summary>The state as a snapshot holds it: everything but the indexes, which are derived anew.</summary>
internal static class StateJson
{
    /// <summary>The rules that made a snapshot; another build's snapshots are not read.</summary>
    public static string RulesFingerprint { get; } = typeof(FleetState).Module.ModuleVersionId.ToString("N");

    public static byte[] Write(FleetState state) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new WrittenState(
                state.Seq,
                state.Epoch,
                state.Holder,
                state.Home,
                state.HomeHash,
                state.Paused,
                state.Draining,
                state.LastTask,
                [.. state.Repositories.Values],
                [.. state.Tasks.Values],
                [.. state.Finished.Values],
                [.. state.Worktrees.Select(c => new WrittenWorktree(c.Key, c.Value))],
                [.. state.Unchecked.Select(u => new WrittenLanding(u.Key, u.Value))],
                [.. state.RequestOrder.Select(id => new WrittenRequest(id, state.Requests[id]))],
                state.Day,
                state.HomeSeq,
                state.DrainsNow,
                [.. state.Accounts.Values]
            ),
            StateJsonContext.Default.WrittenState
        );

    public static FleetState Read(byte[] bytes)
    {
        var written =
            JsonSerializer.Deserialize(bytes, StateJsonContext.Default.WrittenState)
            ?? throw new JsonException("an empty snapshot");
        var empty = FleetState.Empty;
        return Indexes.Rebuild(
            empty with
            {
                Seq = written.Seq,
                Epoch = written.Epoch,
                Holder = written.Holder,
                Home = written.Home,
                HomeHash = written.HomeHash,
                Paused = written.Paused,
                Draining = written.Draining,
                LastTask = written.LastTask,
                Day = written.Day,
                HomeSeq = written.HomeSeq,
                DrainsNow = written.DrainsNow,
                Repositories = empty.Repositories.AddRange(
                    written.Repositories.Select(r => KeyValuePair.Create(r.Name, r))
                ),
                Tasks = empty.Tasks.AddRange(written.Tasks.Select(t => KeyValuePair.Create(t.Id, t))),
                Finished = empty.Finished.AddRange(written.Finished.Select(t => KeyValuePair.Create(t.Id, t))),
                Worktrees = empty.Worktrees.AddRange(
                    written.Worktrees.Select(c => KeyValuePair.Create(c.Run, c.Worktree))
                ),
                Unchecked = empty.Unchecked.AddRange(
                    written.Unchecked.Select(u => KeyValuePair.Create(u.Task, u.Landing))
                ),
                Accounts = empty.Accounts.AddRange(written.Accounts.Select(a => KeyValuePair.Create(a.Id, a))),
                Requests = empty.Requests.AddRange(written.Requests.Select(r => KeyValuePair.Create(r.Id, r.Task))),
                RequestOrder = written.Requests.Aggregate(empty.RequestOrder, (queue, r) => queue.Enqueue(r.Id)),
            }
        );
    }
}

internal sealed record WrittenState(
    long Seq,
    Epoch Epoch,
    string Holder,
    HomeSettings Home,
    string HomeHash,
    PauseKind? Paused,
    bool Draining,
    int LastTask,
    ImmutableArray<Repository> Repositories,
    ImmutableArray<FleetTask> Tasks,
    ImmutableArray<FinishedTask> Finished,
    ImmutableArray<WrittenWorktree> Worktrees,
    ImmutableArray<WrittenLanding> Unchecked,
    ImmutableArray<WrittenRequest> Requests,
    DaySpent Day,
    long HomeSeq,
    bool DrainsNow,
    ImmutableArray<Account> Accounts
);

internal sealed record WrittenWorktree(RunId Run, RunWorktree Worktree);

internal sealed record WrittenLanding(TaskId Task, UncheckedLanding Landing);

internal sealed record WrittenRequest(string Id, TaskId Task);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [
        typeof(TaskIdJson),
        typeof(RunIdJson),
        typeof(AccountIdJson),
        typeof(RepositoryNameJson),
        typeof(CommitJson),
        typeof(TreeJson),
        typeof(EpochJson),
        typeof(VerdictJson),
    ]
)]
[JsonSerializable(typeof(WrittenState))]
internal sealed partial class StateJsonContext : JsonSerializerContext;
