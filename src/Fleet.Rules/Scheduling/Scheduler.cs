namespace Fleet.Rules.Scheduling;

/// <summary>Who starts next: the most urgent tasks that may, as many as there are free slots.</summary>
public static class Scheduler
{
    public static readonly Actor Who = Actor.Rule("scheduler");

    public static IEnumerable<Event> Starts(FleetState state, DateTimeOffset now)
    {
        if (state.Paused is not null || state.Draining)
        {
            yield break;
        }

        var free = state.Home.MaxConcurrent - state.Index.Live.Count;
        if (free <= 0)
        {
            yield break;
        }

        foreach (var ready in Candidates(state, now).Order().Take(free))
        {
            var task = state.Tasks[ready.Id];
            var run = new RunId(task.Id, task.NextRunNumber);
            yield return new Event.RunStarted(
                run,
                task.Brief.Coder,
                task.Brief.Agent,
                task.Brief.Model,
                (task.Resumable is null ? null : task.Unproposed) ?? task.ContinueFrom,
                task.Resumable?.Session
            );
        }
    }

    /// <summary>When a task that waits out a delay may start; none when there is none.</summary>
    public static DateTimeOffset? WakeAt(FleetState state, DateTimeOffset now)
    {
        foreach (var delayed in state.Index.Delayed)
        {
            if (delayed.At > now)
            {
                return delayed.At;
            }
        }

        return null;
    }

    /// <summary>At most one screenful per repository: no more can start than there are slots.</summary>
    private static IEnumerable<ReadyTask> Candidates(FleetState state, DateTimeOffset now)
    {
        foreach (var (name, ready) in state.Index.Ready)
        {
            if (state.Repositories.TryGetValue(name, out var repository) && repository.MayRun)
            {
                foreach (var task in ready.Take(state.Home.MaxConcurrent))
                {
                    yield return task;
                }
            }
        }

        foreach (var delayed in state.Index.Delayed.TakeWhile(d => d.At <= now))
        {
            var task = state.Tasks[delayed.Id];
            if (state.Repositories.TryGetValue(task.Repository, out var repository) && repository.MayRun)
            {
                yield return new ReadyTask(task.Brief.Priority, task.Id);
            }
        }
    }
}
