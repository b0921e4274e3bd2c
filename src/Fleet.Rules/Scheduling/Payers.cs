using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Scheduling;

/// <summary>Chooses who pays for runs that start together: each one counts for the next.</summary>
internal sealed class Payers(FleetState state)
{
    private readonly List<AccountId> chosen = [];
    private readonly ILookup<AccountId?, RunId> alive = state
        .Index.Live.Select(id => state.Tasks[id].Run)
        .OfType<Runs.Run>()
        .ToLookup(run => run.PaidBy, run => run.Id);

    public Account? Next(FleetTask task, DateTimeOffset now)
    {
        var account = state.PoolOf(task.Brief.Coder).Choose(task, Alive, LastStarted, now);
        if (account is not null)
        {
            chosen.Add(account.Id);
        }

        return account;
    }

    private int Alive(AccountId id) => alive[id].Count() + chosen.Count(other => other == id);

    /// <summary>What starts now started later than anything in the record.</summary>
    private long LastStarted(Account account) =>
        chosen.LastIndexOf(account.Id) is >= 0 and var at ? state.Seq + 1 + at : account.LastStarted;
}
