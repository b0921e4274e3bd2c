using System.Globalization;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Rules.Views;

/// <summary>What was spent and how a turn ended, in words; unknown is said, never shown as 0.</summary>
public static class UsageWords
{
    private const int Thousand = 1_000;
    private const int Percent = 100;

    public static string Of(Usage usage) =>
        usage.Usd is { } usd ? $"{Tokens(usage.Tokens)} tokens, {Money(usd)}" : $"{Tokens(usage.Tokens)} tokens";

    public static string Of(EndedTurn turn) =>
        turn.Result switch
        {
            TurnResult.Done => "done",
            TurnResult.Interrupted => "interrupted",
            _ => turn.Words.Length > 0 ? turn.Words : $"{turn.Error}",
        };

    /// <summary>A window of an account: its name, how much of it is used, and when it resets.</summary>
    public static string Of(AccountWindow window)
    {
        var used =
            window.IsReached ? "all"
            : window.Used is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share * Percent:0} %")
            : "unknown";
        return window.ResetsAt is { } reset ? $"{window.Name} {used} until {Time(reset)}" : $"{window.Name} {used}";
    }

    public static string Time(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    /// <summary>Short enough for a table: <c>9.1k</c>.</summary>
    public static string Tokens(long? tokens) =>
        tokens switch
        {
            null => "unknown",
            < Thousand => tokens.Value.ToString(CultureInfo.InvariantCulture),
            < Thousand * Thousand => Scaled(tokens.Value, Thousand, "k"),
            _ => Scaled(tokens.Value, Thousand * Thousand, "M"),
        };

    public static string Money(decimal usd) => string.Create(CultureInfo.InvariantCulture, $"${usd:0.00##}");

    private static string Scaled(long value, long unit, string letter) =>
        string.Create(CultureInfo.InvariantCulture, $"{(double)value / unit:0.#}{letter}");
}
