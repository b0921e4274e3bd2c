using System.Collections.Immutable;
using Fleet.Rules.Runs;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Attention;

/// <summary>Stop, pause, resume, drain: a person's hands on the fleet.</summary>
public static class Stops
{
    public static Decision Stop(FleetState state, FleetTask task, string who)
    {
        var why = $"stopped by {who}";
        return task is { Parked: not null, HasOpenRun: false }
            ? Decision.Say(new Answer(Answer.Done, $"task {task.Id} is already set aside: {task.Parked.Why}"))
            : Decision.Done(
                $"task {task.Id} stops; its work is kept",
                [.. StopRun(task, StopReason.Person, why), new Event.TaskParked(task.Id, WaitingFor.Person, why)]
            );
    }

    /// <summary>Stops every live run, sets its task aside, and starts nothing new until a person resumes.</summary>
    public static ImmutableArray<Event> StopAll(FleetState state, string why)
    {
        var events = ImmutableArray.CreateBuilder<Event>();
        if (state.Paused is null)
        {
            events.Add(new Event.FleetPaused(PauseKind.StartNothing, why));
        }

        foreach (var task in Live(state))
        {
            events.AddRange(StopRun(task, StopReason.Person, why));
            if (task.Parked is null)
            {
                events.Add(new Event.TaskParked(task.Id, WaitingFor.Person, why));
            }
        }

        return events.DrainToImmutable();
    }

    public static Decision Pause(FleetState state, PauseKind kind, string who) =>
        state.Paused == kind
            ? Decision.Say(new Answer(Answer.Done, "already paused"))
            : Decision.Done(
                kind is PauseKind.Freeze ? "paused: every run stands still" : "paused: nothing new starts",
                new Event.FleetPaused(kind, $"paused by {who}")
            );

    public static Decision Resume(FleetState state)
    {
        var halted = state.Repositories.Values.Where(r => r.Halted is not null).Select(r => r.Name);
        Event[] events = [.. halted.Select(name => new Event.RepositoryResumed(name))];
        return state.Paused is null && !state.Draining && events.Length == 0
            ? Decision.Say(new Answer(Answer.Done, "nothing was paused"))
            : Decision.Done("resumed", [new Event.FleetResumed(), .. events]);
    }

    /// <summary>
    /// Drains, or stops cold: with <paramref name="now"/> live runs end and their tasks start again later.
    /// </summary>
    public static Decision Drain(FleetState state, bool now)
    {
        var events = ImmutableArray.CreateBuilder<Event>();
        if (!state.Draining || (now && !state.DrainsNow))
        {
            events.Add(new Event.DrainAsked(now));
        }

        foreach (var task in now ? Live(state) : [])
        {
            events.AddRange(StopRun(task, StopReason.Down, "the fleet went down"));
        }

        return Decision.Done(now ? "stopping" : "draining", [.. events]);
    }

    /// <summary>Live runs of tasks that were given up are stopped.</summary>
    public static IEnumerable<Event> StopAbandoned(FleetState state) =>
        Live(state)
            .Where(t => t.AbandonAsked is not null)
            .SelectMany(t => StopRun(t, StopReason.Abandoned, t.AbandonAsked ?? ""));

    private static IEnumerable<FleetTask> Live(FleetState state) => state.Index.Live.Select(id => state.Tasks[id]);

    private static IEnumerable<Event> StopRun(FleetTask task, StopReason reason, string why)
    {
        if (task.Run is { IsLive: true, Stop: null } run)
        {
            yield return new Event.RunStopAsked(run.Id, reason, why);
        }
    }
}
