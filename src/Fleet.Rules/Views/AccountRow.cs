using System.Collections.Immutable;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;

namespace Fleet.Rules.Views;

/// <summary>How an account stands.</summary>
public enum AccountState
{
    Free,

    /// <summary>It is used up, and goes on by itself.</summary>
    Resting,

    /// <summary>It waits for a person.</summary>
    Refused,
}

/// <summary>One account as a person sees it. What its coder does not tell is absent, never 0.</summary>
/// <param name="Until">When it goes on by itself.</param>
/// <param name="Why">Why it is not free; may be empty.</param>
/// <param name="Live">The runs that it pays for now.</param>
/// <param name="Settings">Where it is signed in; none for a coder's only account, which has no entry.</param>
public sealed record AccountRow(
    string Coder,
    string Name,
    AccountState State,
    DateTimeOffset? Until,
    string Why,
    ImmutableArray<AccountWindow> Windows,
    ImmutableArray<RunId> Live,
    AccountSettings? Settings
)
{
    /// <summary>Those that settings name, and those that runs were given; by coder, then as in the settings.</summary>
    public static ImmutableArray<AccountRow> All(FleetState state, DateTimeOffset now)
    {
        var named = state.Home.Accounts.Select(account => account.Coder);
        var coders = named.Concat(state.Accounts.Keys.Select(id => id.Coder)).Distinct(StringComparer.Ordinal);
        return
        [
            .. coders
                .Order(StringComparer.Ordinal)
                .SelectMany(coder => state.PoolOf(coder).Accounts)
                .Select(account => Of(state, account, now)),
        ];
    }

    private static AccountRow Of(FleetState state, Account account, DateTimeOffset now) =>
        new(
            account.Id.Coder,
            account.Id.Name,
            account switch
            {
                { Refused: not null } => AccountState.Refused,
                { Hold: not null } => AccountState.Resting,
                _ => AccountState.Free,
            },
            account.Refused is null ? account.Hold?.Until : null,
            account.Refused ?? account.Hold?.Why ?? "",
            [.. account.Windows.Where(window => window.ResetsAt is not { } reset || reset > now)],
            [
                .. state
                    .Index.Live.Select(id => state.Tasks[id].Run)
                    .Where(run => run?.PaidBy == account.Id)
                    .Select(run => run!.Id),
            ],
            state.Home.Accounts.FirstOrDefault(entry =>
                entry.Coder == account.Id.Coder && entry.Name == account.Id.Name
            )
        );
}
