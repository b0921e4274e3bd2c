using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Views;

/// <summary>What no budget can hold, because nobody tells it: said, never taken for 0.</summary>
public static class UnheldWords
{
    /// <summary>None where every budget that is set can hold the task's runs, as far as that is known.</summary>
    public static string? Of(FleetState state, FleetTask task)
    {
        var budgets = BudgetsOfTask.Of(state, task);
        if (!budgets.Counts)
        {
            var asked = budgets with { Counts = true };
            return IsSet(asked, Measure.Usd) || IsSet(asked, Measure.Tokens)
                ? $"coder {task.Brief.Coder} tells neither tokens nor cost: only time can hold its runs"
                : null;
        }

        return task.Run is not { Turn: not null } last ? null
            : IsSet(budgets, Measure.Tokens) && last.Spent.Tokens is null
                ? $"run {last.Id}: {last.Coder} told no tokens, so no budget of tokens can hold it"
            : IsSet(budgets, Measure.Usd) && last.Spent.Usd is null && last.ListPrice is null
                ? $"run {last.Id}: {last.Coder} told no cost and prices has no model "
                    + $"{last.ModelUsed ?? "of its kind"}, so no budget of money can hold it"
            : null;
    }

    private static bool IsSet(BudgetsOfTask budgets, Measure measure) =>
        Enum.GetValues<BudgetOf>().Any(whose => budgets.Limit(whose, measure) is not null);
}
