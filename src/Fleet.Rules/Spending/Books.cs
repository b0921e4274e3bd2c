using System.Collections.Immutable;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Spending;

/// <summary>What each budget has left at one moment: less what is spent, less what live runs reserved.</summary>
/// <remarks>Whoever starts several runs at once enters each, so that n of them cannot overshoot by n.</remarks>
public sealed class Books
{
    private static readonly ImmutableArray<Measure> Measures = [.. Enum.GetValues<Measure>()];

    private readonly FleetState state;
    private readonly Dictionary<string, Amount> agents;
    private Amount fleet;

    private Books(FleetState state, DaySpent day)
    {
        this.state = state;
        fleet = day.Fleet;
        agents = new Dictionary<string, Amount>(day.Agents, StringComparer.Ordinal);
    }

    public static Books Of(FleetState state, DateTimeOffset now)
    {
        var books = new Books(state, state.Day.On(now));
        foreach (var run in state.Index.Live.Select(id => state.Tasks[id].Run).OfType<Run>())
        {
            if (run.Reserved is { } reserved)
            {
                books.Take(run.Agent, Amount.Of(run.Spent, run.ListPrice).LeftOf(reserved));
            }
        }

        return books;
    }

    /// <summary>Sets aside what the task's next run may spend; a shortage where it does not fit.</summary>
    public Budget? Reserve(FleetTask task, out Shortage? shortage)
    {
        var budgets = BudgetsOfTask.Of(state, task);
        shortage = OfTask(task, budgets) ?? Find(task, budgets);
        if (shortage is not null)
        {
            return null;
        }

        var reserved = new Budget(
            Share(task, budgets, Measure.Usd),
            Share(task, budgets, Measure.Minutes),
            (long?)Share(task, budgets, Measure.Tokens)
        );
        Take(task.Brief.Agent, Amount.Nothing.LeftOf(reserved));
        return reserved;
    }

    /// <summary>
    /// What keeps a task from another run whatever the rest of the fleet does: its own budget, or that of the run
    /// that was stopped for it, until that is raised.
    /// </summary>
    public static Shortage? OfTask(FleetState state, FleetTask task) => OfTask(task, BudgetsOfTask.Of(state, task));

    private static Shortage? OfTask(FleetTask task, BudgetsOfTask budgets)
    {
        if (
            task.Run is { StoppedAt: { } measure, Reserved: { } had }
            && budgets.OfRun(measure) is { } limit
            && limit <= had.Of(measure)
        )
        {
            return new Shortage(BudgetOf.Run, measure, limit, had.Of(measure) ?? 0, Wanted: null);
        }

        return Measures.Select(one => Short(budgets, BudgetOf.Task, one, task.Used.Of(one))).FirstOrDefault(Is);
    }

    private Shortage? Find(FleetTask task, BudgetsOfTask budgets) =>
        Measures
            .SelectMany(one =>
                new[]
                {
                    Short(budgets, BudgetOf.AgentDay, one, OfAgent(task.Brief.Agent).Of(one)),
                    Short(budgets, BudgetOf.FleetDay, one, fleet.Of(one)),
                }
            )
            .FirstOrDefault(Is);

    private static Shortage? Short(BudgetsOfTask budgets, BudgetOf whose, Measure measure, decimal taken)
    {
        var wanted = budgets.OfRun(measure);
        return budgets.Limit(whose, measure) is { } limit && (limit <= taken || limit - taken < wanted)
            ? new Shortage(whose, measure, limit, taken, wanted)
            : null;
    }

    /// <summary>A run without a budget of its own reserves all that is left of those around it.</summary>
    private decimal? Share(FleetTask task, BudgetsOfTask budgets, Measure measure) =>
        budgets.OfRun(measure)
        ?? new[]
        {
            budgets.Limit(BudgetOf.Task, measure) - task.Used.Of(measure),
            budgets.Limit(BudgetOf.AgentDay, measure) - OfAgent(task.Brief.Agent).Of(measure),
            budgets.Limit(BudgetOf.FleetDay, measure) - fleet.Of(measure),
        }.Min();

    private Amount OfAgent(string? agent) =>
        agent is null ? Amount.Nothing : agents.GetValueOrDefault(agent, Amount.Nothing);

    private void Take(string? agent, Amount amount)
    {
        fleet += amount;
        if (agent is not null)
        {
            agents[agent] = OfAgent(agent) + amount;
        }
    }

    private static bool Is(Shortage? shortage) => shortage is not null;
}
