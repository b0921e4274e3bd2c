using System.Collections.Immutable;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Spending;

/// <summary>The accounts of one coder, in the order of the settings, and how they are used together.</summary>
public sealed record AccountPool(ImmutableArray<Account> Accounts, AccountChoice Choice, bool Failover)
{
    public static AccountPool Of(FleetState state, string coder)
    {
        var named = state.Home.Accounts.Where(account => Same(account.Coder, coder)).Select(account => account.Name);
        var pool = state.Home.Pools.FirstOrDefault(pool => Same(pool.Coder, coder)) ?? new PoolSettings(coder);
        return new AccountPool(
            [
                .. named
                    .DefaultIfEmpty(Account.Default)
                    .Select(name => new AccountId(coder, name))
                    .Select(id => state.Accounts.GetValueOrDefault(id) ?? new Account(id)),
            ],
            pool.Choose,
            pool.Failover
        );
    }

    public bool HasFree => Accounts.Any(account => account.IsFree);

    /// <summary>Nothing but a person's act makes one of them free.</summary>
    public bool NeedsPerson => Accounts.All(account => account.Refused is not null);

    public Account? Find(AccountId id) => Accounts.FirstOrDefault(account => account.Id == id);

    /// <summary>Those that a task may use: without failover it stays with the one that it began with.</summary>
    public ImmutableArray<Account> For(FleetTask task) =>
        !Failover && task.Run?.PaidBy is { } began && Find(began) is { } only ? [only] : Accounts;

    /// <summary>The account of the task's next run; none while none is free.</summary>
    /// <param name="alive">How many runs an account has.</param>
    /// <param name="lastStarted">When it was last given a run; the greater, the later.</param>
    public Account? Choose(
        FleetTask task,
        Func<AccountId, int> alive,
        Func<Account, long> lastStarted,
        DateTimeOffset now
    )
    {
        var free = For(task).Where(account => account.IsFree);
        return Choice switch
        {
            AccountChoice.Order => free.FirstOrDefault(),
            AccountChoice.Quota => free.OrderBy(account => account.Used(now))
                .ThenBy(account => alive(account.Id))
                .FirstOrDefault(),
            AccountChoice.RoundRobin => free.OrderBy(lastStarted).FirstOrDefault(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
