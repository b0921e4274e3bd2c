using System.Collections.Immutable;
using Fleet.Rules.Runs;

namespace Fleet.Rules.Spending;

/// <summary>When an account rests, asks for a person, and is free again.</summary>
public static class Payment
{
    /// <summary>How long a usage limit is waited out of which nobody knows the end, and the longest backoff.</summary>
    private static readonly TimeSpan UnknownReset = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ShortestHold = TimeSpan.FromSeconds(1);
    private const int Factor = 4;
    private const int LongestName = 40;
    private const double Step = 0.05;

    /// <summary>What the end of a turn says about the account that paid for it.</summary>
    public static IEnumerable<Event> TurnEnded(FleetState state, RunId run, EndedTurn turn, DateTimeOffset now)
    {
        if (PayerOf(state, run) is not { Refused: null } account)
        {
            return [];
        }

        return turn.Error switch
        {
            ErrorClass.UsageLimit => Rests(account, turn.ResetsAt ?? now + UnknownReset, turn.Words, now),
            ErrorClass.RateLimit or ErrorClass.Overloaded => Rests(account, now, turn.Words, now),
            ErrorClass.Authentication or ErrorClass.Billing => [new Event.AccountRefused(account.Id, turn.Words)],
            _ => [],
        };
    }

    /// <summary>A run found its account unusable before it began: a key is missing, or others may read it.</summary>
    public static IEnumerable<Event> NotUsable(FleetState state, RunId run, string why) =>
        PayerOf(state, run) is { Refused: null } account ? [new Event.AccountRefused(account.Id, why)] : [];

    /// <summary>Only what changed by enough is news: a turn may tell of its windows a hundred times.</summary>
    public static Decision WindowsSeen(FleetState state, Observation.WindowsSeen seen)
    {
        if (PayerOf(state, seen.Run) is not { } account)
        {
            return Decision.Nothing;
        }

        ImmutableArray<AccountWindow> news =
        [
            .. seen.Windows.Select(Bounded).Where(window => IsNews(account, window)).Take(Account.MostWindows),
        ];
        return news.IsEmpty ? Decision.Nothing : Decision.Of(new Event.AccountWindowsSeen(account.Id, news));
    }

    /// <summary>Accounts whose rest is over.</summary>
    public static IEnumerable<Event> Rested(FleetState state, DateTimeOffset now) =>
        state
            .Accounts.Values.Where(account => account.Hold is { } hold && hold.Until <= now)
            .Select(account => new Event.AccountResumed(account.Id));

    public static DateTimeOffset? WakeAt(FleetState state, DateTimeOffset now) =>
        state.Accounts.Values.Select(account => account.Hold?.Until).Where(until => until > now).Min();

    /// <summary>A person says that an account can be used again.</summary>
    public static Decision Resume(FleetState state, string name)
    {
        var known = Known(state)
            .Where(account => string.Equals(account.Id.Name, name, StringComparison.Ordinal) || $"{account.Id}" == name)
            .ToList();
        return known switch
        {
            [] => Decision.Refuse(Answer.NotFound, $"there is no account {name}", "fleet accounts"),
            [{ IsFree: true } free] => Decision.Say(new Answer(Answer.Done, $"account {free.Id} is free already")),
            [var account] => Decision.Done($"account {account.Id} is free again", new Event.AccountResumed(account.Id)),
            _ => Decision.Refuse(
                Answer.Usage,
                $"several accounts are called {name}: {string.Join(", ", known.Select(account => account.Id))}",
                $"fleet accounts resume {known[0].Id}"
            ),
        };
    }

    /// <summary>Whoever wants another attempt has seen to the accounts that it waits for.</summary>
    public static IEnumerable<Event> Retried(FleetState state, TaskId id)
    {
        if (!state.Tasks.TryGetValue(id, out var task) || task.Brief.IsCommand)
        {
            return [];
        }

        var pool = state.PoolOf(task.Brief.Coder);
        return pool.NeedsPerson ? pool.Accounts.Select(account => new Event.AccountResumed(account.Id)) : [];
    }

    /// <summary>Every account that settings name or that a run was given.</summary>
    private static IEnumerable<Account> Known(FleetState state) =>
        state
            .Home.Accounts.Select(account => new AccountId(account.Coder, account.Name))
            .Union(state.Accounts.Keys)
            .Select(id => state.Accounts.GetValueOrDefault(id) ?? new Account(id));

    /// <summary>Each rest in a row is longer, whatever the vendor says of its end.</summary>
    private static IEnumerable<Event> Rests(Account account, DateTimeOffset until, string why, DateTimeOffset now)
    {
        const int most = 5;
        var wait = ShortestHold * Math.Pow(Factor, Math.Min(account.HoldsInARow, most));
        var least = now + (wait < UnknownReset ? wait : UnknownReset);
        var end = until > least ? until : least;
        return account.Hold is { } hold && hold.Until >= end ? [] : [new Event.AccountLimited(account.Id, end, why)];
    }

    /// <summary>The account of a task's newest run; none when settings do not know it any more.</summary>
    private static Account? PayerOf(FleetState state, RunId run) =>
        state.Tasks.TryGetValue(run.Task, out var task)
        && task.Run is { HasTurns: true } newest
        && newest.Id == run
        && newest.PaidBy is { } payer
            ? state.PoolOf(newest.Coder).Find(payer)
            : null;

    private static AccountWindow Bounded(AccountWindow window) =>
        window.Name.Length <= LongestName ? window : window with { Name = window.Name[..LongestName] };

    /// <summary>Of a window that has not reset a smaller share is the word of a run that looked earlier.</summary>
    private static bool IsNews(Account account, AccountWindow seen)
    {
        if (account.Windows.FirstOrDefault(window => window.Name == seen.Name) is not { } known)
        {
            return true;
        }

        var same = (known.ResetsAt is null && seen.ResetsAt is null) || Close(known.ResetsAt, seen.ResetsAt);
        return !same
            || (seen.IsReached && !known.IsReached)
            || (seen.Used is { } used && (known.Used is not { } before || used >= before + Step));
    }

    private static bool Close(DateTimeOffset? one, DateTimeOffset? other) =>
        one is { } a && other is { } b && (a - b).Duration() < TimeSpan.FromMinutes(1);
}
