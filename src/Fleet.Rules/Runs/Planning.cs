using Fleet.Rules.Attention;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Runs;

/// <summary>Agents whose plan a person reads first: until it is approved, no run of theirs proposes anything.</summary>
public static class Planning
{
    /// <summary>What a task says that waits for it.</summary>
    public const string Waits = "its plan waits for you";

    /// <summary>The run may only plan.</summary>
    public static bool IsOnlyPlanned(FleetState state, FleetTask task, Run run) =>
        task.PlanApproved is null
        && run.HasTurns
        && state.SettingsOf(task.Repository).Agent(run.Agent) is { Plan: AgentPlan.Ask };

    /// <summary>What a run amounts to that was only to plan and ended its turn in good order.</summary>
    internal static IEnumerable<Event> Ended(FleetTask task, Run run, string? plan)
    {
        if (plan is null)
        {
            const string why = "ended without writing a plan";
            return
            [
                new Event.RunFailed(run.Id, FailureKind.Empty, why, RetryAt: null),
                new Event.TaskParked(task.Id, WaitingFor.Person, why),
            ];
        }

        return
        [
            new Event.PlanProposed(run.Id, plan),
            new Event.TaskParked(task.Id, WaitingFor.Person, $"{Waits}: fleet task {task.Id} plan"),
        ];
    }

    public static Decision Approve(FleetTask task, string plan) =>
        Decision.Done($"the plan of task {task.Id} is approved", new Event.PlanApproved(task.Id, plan));

    public static Decision Reject(FleetTask task, string why) =>
        Decision.Done($"the plan of task {task.Id} goes back to it", new Event.PlanRejected(task.Id, why));
}
