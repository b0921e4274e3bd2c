using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Spending;

/// <summary>Holds live runs to what they reserved: at the limit a run is stopped, and its work kept.</summary>
public static class Budgets
{
    /// <summary>What a live run spent so far is no news until it reaches what the run reserved.</summary>
    public static Decision Seen(FleetState state, Observation.UsageSeen seen, DateTimeOffset now) =>
        state.Tasks.TryGetValue(seen.Run.Task, out var task)
        && task.Run is { IsLive: true, Stop: null, Turn: null, Reserved: { } reserved } run
        && run.Id == seen.Run
        && Reached(state, run, reserved, seen.SoFar, now) is { } stop
            ? Decision.Of(stop)
            : Decision.Nothing;

    /// <summary>Runs that have taken all the time that they reserved; time spent frozen does not count.</summary>
    public static IEnumerable<Event> Overruns(FleetState state, DateTimeOffset now)
    {
        foreach (var task in state.Index.Live.Select(id => state.Tasks[id]).Where(t => t.AbandonAsked is null))
        {
            if (Deadline(task) is { } deadline && deadline <= now && task.Run is { Reserved.Minutes: { } minutes } run)
            {
                yield return Stop(run, Measure.Minutes, minutes, minutes);
            }
        }
    }

    /// <summary>When a live run will have taken all its time; none while that cannot happen.</summary>
    public static DateTimeOffset? Deadline(FleetTask task) =>
        task.Run is { IsLive: true, Stop: null, FrozenAt: null, Reserved.Minutes: { } minutes } run
            ? (run.SpawnedAt ?? run.StartedAt) + run.FrozenFor + TimeSpan.FromMinutes((double)minutes)
            : null;

    /// <summary>The end of the day, where tasks may be waiting for it.</summary>
    public static DateTimeOffset? WakeAt(FleetState state, DateTimeOffset now) =>
        (!state.Index.Ready.IsEmpty || !state.Index.Delayed.IsEmpty) && HasDayBudget(state)
            ? DaySpent.EndOf(now)
            : null;

    private static bool HasDayBudget(FleetState state) =>
        state.Home.DayBudget != Budget.Unlimited
        || state.Home.Agents.Any(HasDayBudget)
        || state.Index.Settings.Values.Any(settings => settings.Agents.Any(HasDayBudget));

    private static bool HasDayBudget(AgentSettings agent) => agent.DayBudget != Budget.Unlimited;

    private static Event.RunStopAsked? Reached(
        FleetState state,
        Run run,
        Budget reserved,
        Usage soFar,
        DateTimeOffset now
    )
    {
        var list = PriceList.Of(state.Home.Prices, run.ModelUsed, soFar, DaySpent.DayOf(now));
        var spent = Amount.Of(soFar, list);
        foreach (var measure in new[] { Measure.Usd, Measure.Tokens })
        {
            if (reserved.Of(measure) is { } limit && spent.Of(measure) is var so && so > 0 && so >= limit)
            {
                return Stop(run, measure, so, limit);
            }
        }

        return null;
    }

    private static Event.RunStopAsked Stop(Run run, Measure measure, decimal spent, decimal limit) =>
        new(
            run.Id,
            StopReason.Budget,
            $"it spent {BudgetText.Of(measure, spent)} of the {BudgetText.Of(measure, limit)} that it may spend",
            measure
        );
}
