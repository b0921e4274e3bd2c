using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Views;

/// <summary>One task as a person sees it in a list. Unknown figures are absent, never 0.</summary>
/// <param name="By">Who stands behind the state.</param>
/// <param name="WaitingFor">What it waits for, if it waits.</param>
/// <param name="Elapsed">How long its newest run took or takes.</param>
/// <param name="Idle">How long its live run has been silent.</param>
/// <param name="ListCost">By list price, for what no coder told the cost of.</param>
/// <param name="Tokens">All that its runs spent, the live one included.</param>
/// <param name="IsEstimated">True where some of what was spent is Fleet's estimate.</param>
/// <param name="Live">What the coder of its live run tells.</param>
public sealed record TaskRow(
    TaskId Id,
    TaskState State,
    Source By,
    WaitingFor? WaitingFor,
    string Why,
    string? Agent,
    string Coder,
    string? Model,
    int Priority,
    TimeSpan? Elapsed,
    TimeSpan? Idle,
    long? Tokens,
    decimal? Cost,
    string Title,
    string Repository,
    string Directory,
    int Runs,
    string? Commit,
    decimal? ListCost = null,
    bool? IsEstimated = null,
    LiveFigures? Live = null
)
{
    public static TaskRow Of(
        FleetState state,
        FleetTask task,
        IReadOnlyDictionary<RunId, LiveRun> live,
        DateTimeOffset now
    )
    {
        var status = TaskStatus.Of(state, task, now);
        var run = task.Run;
        var seen = run is { IsLive: true } ? live.GetValueOrDefault(run.Id) : null;
        var figures = run is { Turn: null } ? seen?.Figures : null;
        var spent = figures is null ? task.Spent : task.Spent + figures.Spent;
        return new TaskRow(
            task.Id,
            status.State,
            status.By,
            status.For,
            status.Why,
            task.Brief.Agent,
            task.Brief.Coder,
            task.Brief.Model,
            task.Brief.Priority,
            run is null ? null : NotNegative((run.ExitedAt ?? now) - run.StartedAt),
            seen is null ? null : NotNegative(now - seen.LastOutput),
            spent.Tokens,
            spent.Usd,
            task.Brief.Title,
            task.Repository.Value,
            task.Brief.Directory,
            run?.Id.Number ?? 0,
            task.Proposal?.Commit.Sha,
            task.ListPrice,
            task.IsSpentEstimated || figures is { IsEstimated: true } ? true : null,
            figures
        );
    }

    public static TaskRow Of(FinishedTask task)
    {
        var status = TaskStatus.Of(task);
        return new TaskRow(
            task.Id,
            status.State,
            status.By,
            WaitingFor: null,
            status.Why,
            task.Agent,
            task.Coder,
            task.Model,
            task.Priority,
            Elapsed: null,
            Idle: null,
            task.Spent?.Tokens,
            task.Spent?.Usd,
            task.Title,
            task.Repository.Value,
            task.Directory,
            task.Runs,
            task.Commit?.Sha,
            task.ListPrice
        );
    }

    /// <summary>The clock of another machine, or one that was set back, must not show a negative time.</summary>
    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}

/// <summary>A list of tasks as of one position in the log.</summary>
/// <param name="More">How many there are beyond the rows shown.</param>
public sealed record TaskList(long AsOf, int More, ImmutableArray<TaskRow> Rows);
