using System.Collections.Immutable;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Scheduling;

/// <summary>
/// Who starts next: the most urgent tasks that may and can be paid for, as many as there are free slots.
/// </summary>
public static class Scheduler
{
    public static readonly Actor Who = Actor.Rule("scheduler");

    public static IEnumerable<Event> Starts(FleetState state, Books books, DateTimeOffset now)
    {
        if (state.Paused is not null || state.Draining)
        {
            yield break;
        }

        var free = state.Home.MaxConcurrent - state.Index.Live.Count;
        if (free <= 0)
        {
            yield break;
        }

        var payers = new Payers(state);
        foreach (var ready in Candidates(state, now).Order())
        {
            var task = state.Tasks[ready.Id];
            if (free == 0)
            {
                yield break;
            }

            if (books.Reserve(task, out _) is not { } reserved)
            {
                continue;
            }

            free--;
            var account = task.Brief.IsCommand ? null : payers.Next(task, now);
            yield return new Event.RunStarted(
                new RunId(task.Id, task.NextRunNumber),
                task.Brief.Coder,
                task.Brief.Agent,
                task.Brief.Model,
                task.ToGoOnFrom ?? task.ContinueFrom,
                Session(task, account),
                reserved == Budget.Unlimited ? null : reserved,
                account?.Id.Name
            );
        }
    }

    /// <summary>A session lies in the directory of one account; the files of its run lie with the task.</summary>
    private static string? Session(FleetTask task, Account? account) =>
        task.Resumable is { } last
        && string.Equals(last.Account ?? Account.Default, account?.Id.Name, StringComparison.Ordinal)
            ? last.Session
            : null;

    /// <summary>When a task that waits out a delay may start; none when there is none.</summary>
    public static DateTimeOffset? WakeAt(FleetState state, DateTimeOffset now)
    {
        foreach (var delayed in state.Index.Delayed)
        {
            if (delayed.At > now)
            {
                return delayed.At;
            }
        }

        return null;
    }

    /// <summary>At most one screenful for each that may start: no more can start than there are slots.</summary>
    private static IEnumerable<ReadyTask> Candidates(FleetState state, DateTimeOffset now)
    {
        foreach (var (of, ready) in state.Index.Ready)
        {
            if (state.Repositories.TryGetValue(of.Repository, out var repository) && repository.MayRun)
            {
                foreach (var task in MayPay(state, of.Coder, ready).Take(state.Home.MaxConcurrent))
                {
                    yield return task;
                }
            }
        }

        foreach (var delayed in state.Index.Delayed.TakeWhile(d => d.At <= now))
        {
            var task = state.Tasks[delayed.Id];
            if (
                state.Repositories.TryGetValue(task.Repository, out var repository)
                && repository.MayRun
                && (task.Brief.IsCommand || IsPaidFor(state.PoolOf(task.Brief.Coder), task))
            )
            {
                yield return new ReadyTask(task.Brief.Priority, task.Id);
            }
        }
    }

    /// <summary>Those that some free account pays for; where none is free, nobody is looked at.</summary>
    private static IEnumerable<ReadyTask> MayPay(FleetState state, string coder, ImmutableSortedSet<ReadyTask> ready)
    {
        if (coder == Brief.CommandCoder)
        {
            return ready;
        }

        var pool = state.PoolOf(coder);
        return pool.HasFree ? ready.Where(task => IsPaidFor(pool, state.Tasks[task.Id])) : [];
    }

    private static bool IsPaidFor(AccountPool pool, FleetTask task) => pool.For(task).Any(account => account.IsFree);
}
