using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Spending;

/// <summary>Whose budget it is, from the narrowest to the widest.</summary>
public enum BudgetOf
{
    Run,
    Task,
    AgentDay,
    FleetDay,
}

/// <summary>Why a task's next run cannot be paid for now.</summary>
/// <param name="Limit">What the budget allows.</param>
/// <param name="Taken">What of it is spent, or reserved by live runs.</param>
/// <param name="Wanted">What the run would reserve; none where it would take what is left.</param>
public sealed record Shortage(BudgetOf Whose, Measure Measure, decimal Limit, decimal Taken, decimal? Wanted);

/// <summary>The budgets that hold for the runs of one task.</summary>
/// <param name="Run">Of one run: the stricter of the fleet's and its agent's.</param>
/// <param name="Counts">Its coder tells what it spends; else only time can hold it.</param>
public sealed record BudgetsOfTask(Budget Run, Budget Task, Budget AgentDay, Budget FleetDay, bool Counts)
{
    public static BudgetsOfTask Of(FleetState state, FleetTask task)
    {
        var settings = state.SettingsOf(task.Repository);
        var agent = settings.Agents.FirstOrDefault(a =>
            string.Equals(a.Name, task.Brief.Agent, StringComparison.Ordinal)
        );
        var coder = settings.Coders.FirstOrDefault(c =>
            string.Equals(c.Name, task.Brief.Coder, StringComparison.Ordinal)
        );
        return new BudgetsOfTask(
            Stricter.Budget(settings.RunBudget, agent?.Budget ?? Budget.Unlimited),
            settings.TaskBudget,
            agent?.DayBudget ?? Budget.Unlimited,
            state.Home.DayBudget,
            !task.Brief.IsCommand && coder is not { Output: CoderOutput.Lines }
        );
    }

    /// <summary>Money and tokens that nobody counts hold nothing; time is always known.</summary>
    public decimal? Limit(BudgetOf whose, Measure measure) =>
        !Counts && measure is not Measure.Minutes
            ? null
            : (
                whose switch
                {
                    BudgetOf.Run => Run,
                    BudgetOf.Task => Task,
                    BudgetOf.AgentDay => AgentDay,
                    BudgetOf.FleetDay => FleetDay,
                    _ => throw new System.Diagnostics.UnreachableException(),
                }
            ).Of(measure);

    /// <summary>What a run may spend, no more than any budget around it allows; null: no limit of its own.</summary>
    public decimal? OfRun(Measure measure) =>
        Limit(BudgetOf.Run, measure) is { } own
            ? Enum.GetValues<BudgetOf>().Select(whose => Limit(whose, measure)).OfType<decimal>().Append(own).Min()
            : null;
}
