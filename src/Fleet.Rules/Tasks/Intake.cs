using System.Collections.Immutable;

namespace Fleet.Rules.Tasks;

/// <summary>How tasks come in, change, are tried again and are given up.</summary>
public static class Intake
{
    public static Decision Add(FleetState state, string requestId, Request.AddTask ask)
    {
        if (state.Requests.TryGetValue(requestId, out var first))
        {
            return Decision.Say(new Answer(Answer.Done, $"{first}", Task: first));
        }

        if (state.RepositoryAt(ask.Root) is not { } repository)
        {
            return Decision.Refuse(Answer.Failed, $"{ask.Root} is not a repository of this fleet", "fleet init");
        }

        var id = new TaskId(state.LastTask + 1);
        if (Problem(id, ask.Brief, state) is { } problem)
        {
            return Decision.Refuse(Answer.Usage, problem, "fleet add --help");
        }

        return new Decision(
            [new Event.TaskAdded(id, repository.Name, ask.Brief, requestId)],
            new Answer(Answer.Done, $"{id}", Task: id)
        );
    }

    public static Decision Edit(FleetState state, Request.EditTask ask)
    {
        if (Find(state, ask.Id, out var refusal) is not { } task)
        {
            return refusal;
        }

        if (task.HasOpenRun)
        {
            return Decision.Refuse(
                Answer.Refused,
                $"task {task.Id} is being worked on: an edit would not reach its run",
                $"fleet stop {task.Id}"
            );
        }

        var brief = Edited(task.Brief, ask.Change);
        return Problem(task.Id, brief, state) is { } problem
            ? Decision.Refuse(Answer.Usage, problem, "fleet edit --help")
            : Decision.Done($"task {task.Id} edited", new Event.TaskEdited(task.Id, brief));
    }

    public static Decision Abandon(FleetState state, Request.AbandonTask ask)
    {
        if (Find(state, ask.Id, out var refusal) is not { } task)
        {
            return refusal;
        }

        var why = string.IsNullOrWhiteSpace(ask.Why) ? "abandoned by a person" : ask.Why;
        return task.AbandonAsked is not null
            ? Decision.Say(new Answer(Answer.Done, $"task {task.Id} is already being abandoned"))
            : Decision.Done($"task {task.Id} abandoned; its work is kept", new Event.AbandonAsked(task.Id, why));
    }

    public static Decision Retry(FleetState state, Request.RetryTask ask)
    {
        if (Find(state, ask.Id, out var refusal) is not { } task)
        {
            return refusal;
        }

        if (task.HasOpenRun || task.AbandonAsked is not null)
        {
            return Decision.Refuse(
                Answer.Refused,
                $"task {task.Id} still has a run that is ending",
                $"fleet wait {task.Id} --for waiting"
            );
        }

        return Decision.Done($"task {task.Id} is ready for another run", new Event.TaskRetried(task.Id));
    }

    /// <summary>
    /// Tasks that were given up, whose last run is safely put away and whose proposal cannot be on trunk.
    /// </summary>
    public static IEnumerable<Event> Abandonments(FleetState state)
    {
        foreach (var id in state.Index.Active)
        {
            if (state.Tasks[id] is { AbandonAsked: { } why, HasOpenRun: false } and not { Proposal.IsMoving: true })
            {
                yield return new Event.TaskAbandoned(id, why);
            }
        }
    }

    /// <summary>The open task of that id; else a refusal that says why there is none.</summary>
    internal static FleetTask? Find(FleetState state, TaskId id, out Decision refusal)
    {
        refusal = state.Finished.TryGetValue(id, out var finished)
            ? Decision.Refuse(
                Answer.Refused,
                $"task {id} has ended: {finished.End.ToString().ToLowerInvariant()}",
                $"fleet task {id}"
            )
            : Decision.Refuse(Answer.NotFound, $"there is no task {id}", "fleet tasks --all");
        return state.Tasks.GetValueOrDefault(id);
    }

    private static string? Problem(TaskId id, Brief brief, FleetState state) =>
        string.IsNullOrWhiteSpace(brief.Title) ? "a task needs a title"
        : brief.Title.Length > Brief.MaxTitleLength ? $"a title has at most {Brief.MaxTitleLength} characters"
        : brief.Priority is < 0 or > Brief.LowestPriority ? $"a priority is 0 to {Brief.LowestPriority}"
        : brief.IsCommand && brief.Command.IsEmpty ? "the command coder needs a command: fleet add \"title\" -- COMMAND"
        : Dependencies.Problem(id, brief.Needs, state);

    private static Brief Edited(Brief brief, BriefChange change) =>
        brief with
        {
            Title = change.Title ?? brief.Title,
            Text = change.Text ?? brief.Text,
            Agent = change.Agent ?? brief.Agent,
            Coder = change.Coder ?? brief.Coder,
            Model = change.Model ?? brief.Model,
            Priority = change.Priority ?? brief.Priority,
            Needs = change.Needs ?? brief.Needs,
            Labels = change.Labels ?? brief.Labels,
            NoGate = change.NoGate ?? brief.NoGate,
            Command = change.Command ?? brief.Command,
        };
}
