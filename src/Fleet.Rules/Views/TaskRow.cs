using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Views;

/// <summary>One task as a person sees it in a list. Unknown figures are absent, never 0.</summary>
/// <param name="By">Who stands behind the state.</param>
/// <param name="WaitingFor">What it waits for, if it waits.</param>
/// <param name="Elapsed">How long its newest run took or takes.</param>
/// <param name="Idle">How long its live run has been silent.</param>
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
    string? Commit
);

/// <summary>A list of tasks as of one position in the log.</summary>
/// <param name="Total">How many there are beyond the rows shown.</param>
public sealed record TaskList(long AsOf, int Total, ImmutableArray<TaskRow> Rows);

/// <summary>What only the daemon's watch of live runs knows: figures that are never events.</summary>
public sealed record LiveRun(RunId Run, DateTimeOffset LastOutput, long OutputBytes);
