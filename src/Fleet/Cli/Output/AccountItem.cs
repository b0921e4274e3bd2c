using System.Collections.Immutable;
using Fleet.Coders;
using Fleet.Rules;
using Fleet.Rules.Spending;
using Fleet.Rules.Views;

namespace Fleet.Cli.Output;

/// <summary>One account as <c>fleet accounts</c> shows it.</summary>
/// <param name="Until">When it goes on by itself.</param>
/// <param name="Windows">What its coder told of how full it is; empty where that is unknown.</param>
/// <param name="Live">The runs that it pays for now.</param>
/// <param name="Directory">Where its coder keeps that it is signed in.</param>
/// <param name="Trouble">What is wrong with its files.</param>
internal sealed record AccountItem(
    string Coder,
    string Name,
    AccountState State,
    DateTimeOffset? Until,
    string Why,
    ImmutableArray<AccountWindow> Windows,
    ImmutableArray<RunId> Live,
    SignedIn SignedIn,
    string Directory,
    string? Trouble
)
{
    public static AccountItem Of(AccountRow row, SeenAccount seen) =>
        new(
            row.Coder,
            row.Name,
            row.State,
            row.Until,
            row.Why,
            row.Windows,
            row.Live,
            seen.SignedIn,
            seen.Directory,
            seen.Trouble
        );

    public static string Table(ImmutableArray<AccountItem> items, Terminal terminal)
    {
        var table = new Table("ACCOUNT", "STATE", "SIGNED IN", "USED", "RUNS", "WHY");
        foreach (var item in items)
        {
            var id = new AccountId(item.Coder, item.Name);
            table.Add(
                $"{id}",
                new Cell(Standing(item), item.State is AccountState.Refused ? Ink.Attention : Ink.None),
                AccountsHere.Words(item.SignedIn),
                item.Windows is [] ? "unknown" : string.Join(", ", item.Windows.Select(UsageWords.Of)),
                string.Join(" ", item.Live),
                item.Trouble ?? item.Why
            );
        }

        return table.Render(terminal);
    }

    private static string Standing(AccountItem item) =>
        item.State switch
        {
            AccountState.Free => "free",
            AccountState.Resting => item.Until is { } until ? $"rests until {UsageWords.Time(until)}" : "rests",
            AccountState.Refused => "needs a person",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
