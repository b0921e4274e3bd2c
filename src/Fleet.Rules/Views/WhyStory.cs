using System.Collections.Immutable;
using System.Diagnostics;
using For = Fleet.Rules.Attention.WaitingFor;

namespace Fleet.Rules.Views;

/// <summary>Why a task stands where it stands: its state, the facts that led there, and what to do next.</summary>
/// <param name="Facts">The newest events about it that say why, oldest first.</param>
/// <param name="Next">The command to try; none when nothing is needed from a person.</param>
/// <param name="Unheld">What of its spending no budget can hold.</param>
public sealed record WhyStory(
    TaskId Id,
    TaskState State,
    Source By,
    For? WaitingFor,
    string Why,
    ImmutableArray<EventRow> Facts,
    string? Next,
    string? Unheld = null
)
{
    /// <summary>So that it fits on a screen.</summary>
    public const int MostFacts = 8;

    public static WhyStory Of(TaskStory story, IEnumerable<EventRow> events)
    {
        var row = story.Row;
        return new WhyStory(
            row.Id,
            row.State,
            row.By,
            row.WaitingFor,
            row.Why,
            [.. events.Where(Matters).TakeLast(MostFacts)],
            NextFor(story),
            story.Unheld
        );
    }

    /// <summary>The steps between two answers explain nothing: processes, worktrees, candidates.</summary>
    private static bool Matters(EventRow row) =>
        row.Kind
            is not (
                "run.spawned"
                or "run.worktree_prepared"
                or "run.context_given"
                or "run.worktree_removed"
                or "candidate.built"
                or "landing.started"
                or "landing.checked"
            );

    private static string? NextFor(TaskStory story) =>
        story.Row switch
        {
            { State: TaskState.Landed } row => $"fleet task {row.Id} diff",
            { State: TaskState.Abandoned } row => $"fleet task {row.Id} events",
            { State: TaskState.Working, WaitingFor: For.Person } row => $"fleet answer {row.Id} yes",
            { State: TaskState.Working } row => $"fleet task {row.Id} log -f",
            { State: TaskState.Proven, WaitingFor: For.Person } row => $"fleet approve {row.Id}",
            { State: TaskState.Waiting, WaitingFor: For.Person } row => Person(story, row),
            { State: TaskState.Waiting, WaitingFor: For.Dependency } row => Dependency(story, row),
            { State: TaskState.Waiting, WaitingFor: For.Budget } row => Budget(row),
            { State: TaskState.Waiting } => null,
            { State: TaskState.Proposed or TaskState.Proven or TaskState.Landing or TaskState.Ready } => null,
            { State: TaskState.Draft } row => $"fleet edit {row.Id}",
            _ => throw new UnreachableException(),
        };

    /// <summary>Told from Fleet's own words at the start; what follows may be anybody's.</summary>
    private static string Person(TaskStory story, TaskRow row) =>
        Says(row, "the commands of") ? "fleet trust"
        : Says(row, "no gate on trunk") ? $"fleet approve {row.Id}"
        : Says(row, "landings halted") ? "fleet resume"
        : Says(row, "account ") ? $"fleet accounts resume {row.Why.Split(' ', ':')[1]}"
        : Says(row, Runs.Planning.Waits) ? $"fleet approve {row.Id}"
        : Says(row, "needs ") ? $"fleet edit {row.Id} --needs none"
        : story.Proposal is not null ? $"fleet task {row.Id} diff"
        : $"fleet retry {row.Id}";

    /// <summary>A coder that ended at a limit of its own is only tried again by a person.</summary>
    private static string? Budget(TaskRow row) =>
        row.Why.Contains("'s own limit: ", StringComparison.Ordinal)
            ? $"fleet retry {row.Id}"
            : ShortageWords.CommandIn(row.Why);

    private static bool Says(TaskRow row, string words) => row.Why.StartsWith(words, StringComparison.Ordinal);

    private static string? Dependency(TaskStory story, TaskRow row) =>
        story.Needs.Where(need => need != row.Id).Select(need => $"fleet task {need} why").FirstOrDefault();
}
