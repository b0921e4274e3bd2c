using System.Globalization;
using Fleet.Rules.Settings;

namespace Fleet.Rules.Spending;

/// <summary>Amounts as people read them.</summary>
public static class BudgetText
{
    public static string Of(Measure measure, decimal amount) =>
        measure switch
        {
            Measure.Usd => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00##}"),
            Measure.Tokens => string.Create(CultureInfo.InvariantCulture, $"{amount:0} tokens"),
            Measure.Minutes => string.Create(CultureInfo.InvariantCulture, $"{amount:0.#} minutes"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
