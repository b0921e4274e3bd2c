using System.Globalization;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Views;

/// <summary>Why a task waits for a budget, and how that is raised.</summary>
public static class ShortageWords
{
    private const string Command = "fleet config set ";
    private const string Later = "goes on by itself when runs end, or at 00:00 UTC";

    public static string Of(FleetState state, FleetTask task, Shortage shortage) =>
        $"{What(task, shortage)}; {Raise(state, task, shortage)}";

    /// <summary>The command that raises the budget; none where a file must be edited for it.</summary>
    public static string? CommandIn(string why) =>
        why.IndexOf(Command, StringComparison.Ordinal) is >= 0 and var at ? why[at..] : null;

    /// <summary>Nobody has to do anything.</summary>
    public static bool PassesByItself(string why) => why.Contains(Later, StringComparison.Ordinal);

    private static string What(FleetTask task, Shortage shortage)
    {
        var limit = BudgetText.Of(shortage.Measure, shortage.Limit);
        var taken = BudgetText.Of(shortage.Measure, shortage.Taken);
        var wanted = shortage.Wanted is { } want ? $", and a run takes {BudgetText.Of(shortage.Measure, want)}" : "";
        return shortage.Whose switch
        {
            BudgetOf.Run => $"its last run spent the {limit} that a run may spend",
            BudgetOf.Task => $"its runs spent {taken} of the {limit} that a task may spend{wanted}",
            BudgetOf.AgentDay =>
                $"{taken} of the {limit} that agent {task.Brief.Agent} may spend a day are taken{wanted}; {Later}",
            BudgetOf.FleetDay => $"{taken} of the {limit} that the fleet may spend a day are taken{wanted}; {Later}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string Raise(FleetState state, FleetTask task, Shortage shortage)
    {
        var (home, own) = (state.Home, state.Repositories.GetValueOrDefault(task.Repository)?.Settings);
        var key = shortage.Measure.ToString().ToLowerInvariant();
        var agent = $"raise agents.{task.Brief.Agent}";
        var places = shortage.Whose switch
        {
            BudgetOf.Run =>
            [
                (home.RunBudget, $"{Command}run_budget"),
                (own?.RunBudget, "raise in .fleet/fleet.yaml: run_budget"),
                (home.TaskBudget, $"{Command}task_budget"),
                (own?.TaskBudget, "raise in .fleet/fleet.yaml: task_budget"),
                (home.DayBudget, $"{Command}day_budget"),
                (null, $"{agent}.budget"),
            ],
            BudgetOf.Task =>
            [
                (home.TaskBudget, $"{Command}task_budget"),
                (own?.TaskBudget, "raise in .fleet/fleet.yaml: task_budget"),
            ],
            BudgetOf.AgentDay => [(null, $"{agent}.day_budget")],
            BudgetOf.FleetDay => new (Budget?, string)[] { (home.DayBudget, $"{Command}day_budget") },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var place = places.FirstOrDefault(p => p.Item1?.Of(shortage.Measure) == shortage.Limit, places[^1]).Item2;
        return place.StartsWith(Command, StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"{place}.{key}={Twice(shortage):0.##}")
            : $"{place}.{key}";
    }

    /// <summary>Enough for what is spent, and for as much again.</summary>
    private static decimal Twice(Shortage shortage) => 2 * Math.Max(shortage.Limit, shortage.Wanted ?? 0);
}
