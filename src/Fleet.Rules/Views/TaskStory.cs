using System.Collections.Immutable;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Views;

/// <summary>Everything that is known of one task.</summary>
/// <param name="Gates">What its proposal is judged by, as trunk says now.</param>
/// <param name="Landing">Who takes the last step: <c>approve</c> or <c>auto</c>.</param>
/// <param name="Setback">Its newest failure or refusal in words.</param>
/// <param name="Unheld">What of its spending no budget can hold, because nobody tells it.</param>
public sealed record TaskStory(
    TaskRow Row,
    string Text,
    ImmutableArray<string> Command,
    ImmutableArray<TaskId> Needs,
    ImmutableArray<string> Labels,
    bool NoGate,
    DateTimeOffset AddedAt,
    string AddedBy,
    string Trunk,
    ImmutableArray<string> Gates,
    LandingMode Landing,
    string? Setback,
    RunStory? Run,
    ProposalStory? Proposal,
    string? Unheld = null
)
{
    public static TaskStory Of(
        FleetState state,
        FleetTask task,
        IReadOnlyDictionary<RunId, LiveRun> live,
        DateTimeOffset now
    ) => Of(state, task, TaskRow.Of(state, task, live, now));

    /// <summary>An ended task leaves one line in the state; its own facts tell the rest.</summary>
    public static TaskStory Of(FleetState state, FinishedTask ended, IEnumerable<Fact> facts)
    {
        FleetTask? task = null;
        var replayed = FleetState.Empty with { Home = state.Home, Repositories = state.Repositories };
        foreach (var fact in facts)
        {
            replayed = Evolve.Apply(replayed, fact);
            task = replayed.Tasks.GetValueOrDefault(ended.Id) ?? task;
        }

        return task is null ? Bare(state, ended) : Of(state, task, TaskRow.Of(ended));
    }

    private static TaskStory Of(FleetState state, FleetTask task, TaskRow row)
    {
        var settings = state.SettingsOf(task.Repository);
        return new TaskStory(
            row,
            task.Brief.Text,
            task.Brief.Command,
            task.Brief.Needs,
            task.Brief.Labels,
            task.Brief.NoGate,
            task.AddedAt,
            task.AddedBy,
            TrunkOf(state, task.Repository),
            [.. settings.Gates.Select(gate => gate.Name)],
            settings.Landing.Mode,
            task.LastSetback,
            task.Run is { } run ? RunStory.Of(run) : null,
            task.Proposal is { } proposal ? ProposalStory.Of(proposal) : null,
            UnheldWords.Of(state, task)
        );
    }

    private static TaskStory Bare(FleetState state, FinishedTask ended) =>
        new(
            TaskRow.Of(ended),
            Text: "",
            Command: [],
            Needs: [],
            Labels: [],
            NoGate: false,
            ended.AddedAt,
            AddedBy: "",
            TrunkOf(state, ended.Repository),
            Gates: [],
            state.SettingsOf(ended.Repository).Landing.Mode,
            Setback: null,
            Run: null,
            Proposal: null
        );

    private static string TrunkOf(FleetState state, RepositoryName name) =>
        state.Repositories.TryGetValue(name, out var repository) ? repository.Trunk : "";
}
