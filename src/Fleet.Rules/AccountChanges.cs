using Fleet.Rules.Settings;
using Fleet.Rules.Spending;

namespace Fleet.Rules;

/// <summary>What each event changes in the account that it is about; a part of <see cref="Evolve"/>.</summary>
internal static class AccountChanges
{
    public static FleetState Of(FleetState state, Event.OfAccount e) =>
        Change(
            state,
            e.Account,
            account =>
                e switch
                {
                    Event.AccountLimited limited => account with
                    {
                        Hold = new AccountHold(limited.Until, limited.Why),
                        HoldsInARow = account.HoldsInARow + 1,
                    },
                    Event.AccountRefused refused => account with { Refused = refused.Why },
                    Event.AccountResumed => account with { Hold = null, Refused = null },
                    Event.AccountWindowsSeen seen => account with { Windows = [.. Merged(account, seen)] },
                    _ => account,
                }
        );

    /// <summary>What a run's own events say about who pays for it.</summary>
    public static FleetState Of(FleetState state, Event.OfRun e, long seq) =>
        e switch
        {
            Event.RunStarted { Account: { } name } started => Change(
                state,
                new AccountId(started.Coder, name),
                account => account with { LastStarted = seq }
            ),
            Event.TurnEnded { Turn.Result: Runs.TurnResult.Done } ended
                when state.Tasks.GetValueOrDefault(ended.Run.Task)?.Run is { PaidBy: { } payer } run
                    && run.Id == ended.Run
                    && state.Accounts.ContainsKey(payer) => Change(
                state,
                payer,
                account => account with { HoldsInARow = 0 }
            ),
            _ => state,
        };

    /// <summary>An entry that a person changed is another account: nothing that was held against it counts.</summary>
    public static FleetState WithSettings(FleetState state, HomeSettings before, HomeSettings after)
    {
        var same = before.Accounts.Intersect(after.Accounts).ToLookup(account => account.Coder, StringComparer.Ordinal);
        var named = before.Accounts.Concat(after.Accounts).ToLookup(account => account.Coder, StringComparer.Ordinal);
        return state with { Accounts = state.Accounts.RemoveRange(state.Accounts.Keys.Where(IsAnother)) };

        bool IsAnother(AccountId id) =>
            named[id.Coder].Any() && !same[id.Coder].Any(account => account.Name == id.Name);
    }

    private static IEnumerable<AccountWindow> Merged(Account account, Event.AccountWindowsSeen seen)
    {
        var names = seen.Windows.Select(window => window.Name).ToHashSet(StringComparer.Ordinal);
        return account
            .Windows.Where(window => !names.Contains(window.Name))
            .Concat(seen.Windows)
            .TakeLast(Account.MostWindows)
            .OrderBy(window => window.Name, StringComparer.Ordinal);
    }

    private static FleetState Change(FleetState state, AccountId id, Func<Account, Account> change) =>
        state with
        {
            Accounts = state.Accounts.SetItem(id, change(state.Accounts.GetValueOrDefault(id) ?? new Account(id))),
        };
}
