using Fleet.Rules.Tasks;

namespace Fleet.Rules.Runs;

/// <summary>Tool calls that a person answers: the run stays open and waits, and its time stands still.</summary>
public static class Asking
{
    public static Decision Asked(FleetState state, Observation.PermissionAsked seen, DateTimeOffset now) =>
        state.Tasks.TryGetValue(seen.Run.Task, out var task)
        && task.Run is { IsLive: true, Stop: null } run
        && run.Id == seen.Run
        && !run.Asked.Any(asked => asked.Request == seen.Request)
            ? Decision.Of(
                new Event.PermissionAsked(seen.Run, seen.Request, seen.Tool, seen.Input, seen.By, now + seen.Wait)
            )
            : Decision.Nothing;

    /// <summary>A person's answer to the oldest open question of the task's run.</summary>
    public static Decision Answer(FleetTask task, bool allowed, string who) =>
        task.Run is { IsLive: true, Stop: null, OpenAsk: { } asked } run
            ? Decision.Done(
                $"task {task.Id}: {asked.Tool} {(allowed ? "is allowed" : "is denied")} this once",
                new Event.PermissionAnswered(
                    run.Id,
                    asked.Tool,
                    asked.Input,
                    allowed,
                    $"{(allowed ? "allowed" : "denied")} by {who}",
                    asked.Request
                )
            )
            : Decision.Refuse(Rules.Answer.Refused, $"task {task.Id} asks nothing", $"fleet task {task.Id} why");

    /// <summary>What nobody answered in time is denied, so that no run waits for ever.</summary>
    public static IEnumerable<Event> Unanswered(FleetState state, DateTimeOffset now)
    {
        foreach (var id in state.Index.Live)
        {
            if (state.Tasks[id].Run is not { Stop: null, OpenAsk: not null } run)
            {
                continue;
            }

            foreach (var asked in run.Asked.Where(asked => asked.Allowed is null && asked.Until <= now))
            {
                yield return new Event.PermissionAnswered(
                    run.Id,
                    asked.Tool,
                    asked.Input,
                    Allowed: false,
                    "nobody answered in time",
                    asked.Request
                );
            }
        }
    }

    /// <summary>When the first open question of a run is answered by itself; none while it asks nothing.</summary>
    public static DateTimeOffset? Due(FleetTask task) =>
        task.Run is { IsLive: true, Stop: null, OpenAsk: not null } run
            ? run.Asked.Where(asked => asked.Allowed is null).Min(asked => asked.Until)
            : null;

    /// <summary>The run with a question opened; from the first one on its time stands still.</summary>
    internal static Run Opened(Run run, Event.PermissionAsked e, DateTimeOffset at) =>
        run with
        {
            AskedSince = run.AskedSince ?? at,
            Asked = run.Asked.Add(new AskedPermission(e.Request, e.Tool, e.Input, e.Until)),
        };

    /// <summary>The run with a question answered; with the last one its time goes on.</summary>
    internal static Run Closed(Run run, Event.PermissionAnswered e, DateTimeOffset at)
    {
        if (!run.Asked.Any(asked => asked.Request == e.Request))
        {
            return run;
        }

        var answered = run with
        {
            Asked =
            [
                .. run.Asked.Select(asked =>
                    asked.Request == e.Request ? asked with { Allowed = e.Allowed, By = e.By } : asked
                ),
            ],
            AnsweredAt = at,
        };
        return answered.OpenAsk is not null || run.AskedSince is not { } since
            ? answered
            : answered with
            {
                AskedSince = null,
                AskedFor = run.AskedFor + (at - since),
            };
    }
}
