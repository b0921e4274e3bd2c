namespace Fleet.Rules.Tasks;

/// <summary>What a task needs before it may start: other tasks, landed.</summary>
public static class Dependencies
{
    /// <summary>The answers to "may it start?" as far as other tasks go.</summary>
    public enum Standing
    {
        Met,
        Waiting,

        /// <summary>A needed task was abandoned: only a person can say what to do.</summary>
        Broken,
    }

    public static Standing Of(Brief brief, FleetState state)
    {
        var standing = Standing.Met;
        foreach (var need in brief.Needs)
        {
            var end = state.Finished.TryGetValue(need, out var finished) ? finished.End : (TaskEnd?)null;
            if (end is TaskEnd.Abandoned)
            {
                return Standing.Broken;
            }

            standing = end is TaskEnd.Landed ? standing : Standing.Waiting;
        }

        return standing;
    }

    /// <summary>Why these needs cannot be: an unknown task, the task itself, or a circle; null when they can.</summary>
    public static string? Problem(TaskId id, IEnumerable<TaskId> needs, FleetState state)
    {
        foreach (var need in needs)
        {
            if (need == id)
            {
                return $"task {id} cannot need itself";
            }

            if (!state.Tasks.ContainsKey(need) && !state.Finished.ContainsKey(need))
            {
                return $"there is no task {need} to need";
            }

            if (Reaches(need, id, state))
            {
                return $"task {need} already needs task {id}: that would be a circle";
            }
        }

        return null;
    }

    private static bool Reaches(TaskId from, TaskId to, FleetState state)
    {
        var seen = new HashSet<TaskId>();
        var open = new Stack<TaskId>([from]);
        while (open.TryPop(out var id))
        {
            if (id == to)
            {
                return true;
            }

            if (seen.Add(id) && state.Tasks.TryGetValue(id, out var task))
            {
                foreach (var need in task.Brief.Needs)
                {
                    open.Push(need);
                }
            }
        }

        return false;
    }
}
