using System.Globalization;
using Fleet.Rules.Views;

namespace Fleet.Cli.Output;

/// <summary>What was spent as people read it.</summary>
internal static class UsageText
{
    public static string Of(UsageTable usage, Terminal terminal)
    {
        if (usage.Rows.IsEmpty)
        {
            return "nothing was spent yet\n";
        }

        var table = new Table("BY", "RUNS", "IN", "CACHED", "CACHE WRITE", "OUT", "COST", "LIST PRICE", "NOTE");
        foreach (var row in usage.Rows.Length > 1 ? usage.Rows.Add(usage.Total) : usage.Rows)
        {
            table.Add(
                row.By,
                row.Runs.ToString(CultureInfo.InvariantCulture),
                Tokens(row.Input),
                Tokens(row.CacheRead),
                Tokens(row.CacheWrite),
                Tokens(row.Output),
                row.Usd is { } usd ? UsageWords.Money(usd) : "unknown",
                row.ListUsd is { } list ? UsageWords.Money(list) : "",
                Note(row)
            );
        }

        return table.Render(terminal);
    }

    private static string Tokens(long? tokens) => tokens?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    private static string Note(UsageRow row)
    {
        var estimated = row.Estimated > 0 ? $"{row.Estimated} estimated" : null;
        var unknown = row.Unknown > 0 ? $"{row.Unknown} told nothing" : null;
        return string.Join(", ", new[] { estimated, unknown }.OfType<string>());
    }
}
