using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Repositories;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;

namespace Fleet.Rules;

/// <summary>What the fleet knows: the fold of its events. Immutable; change is <c>with</c>.</summary>
public sealed record FleetState
{
    public static readonly FleetState Empty = new();

    /// <summary>The position of the last event folded in.</summary>
    public long Seq { get; init; }
    public Epoch Epoch { get; init; }
    public string Holder { get; init; } = "";
    public HomeSettings Home { get; init; } = new();
    public string HomeHash { get; init; } = "";

    /// <summary>The position of the event that gave the home's settings.</summary>
    public long HomeSeq { get; init; }
    public PauseKind? Paused { get; init; }
    public bool Draining { get; init; }

    /// <summary>Not even gates are waited for: what is pending is judged by the next daemon.</summary>
    public bool DrainsNow { get; init; }
    public int LastTask { get; init; }

    public ImmutableSortedDictionary<RepositoryName, Repository> Repositories { get; init; } =
        ImmutableSortedDictionary.Create<RepositoryName, Repository>(NameOrder.Instance);

    /// <summary>The tasks that have not ended.</summary>
    public ImmutableSortedDictionary<TaskId, FleetTask> Tasks { get; init; } =
        ImmutableSortedDictionary<TaskId, FleetTask>.Empty;

    /// <summary>One line for each task that ended.</summary>
    public ImmutableSortedDictionary<TaskId, FinishedTask> Finished { get; init; } =
        ImmutableSortedDictionary<TaskId, FinishedTask>.Empty;

    /// <summary>Every worktree that exists, until it was removed; also those of ended tasks.</summary>
    public ImmutableSortedDictionary<RunId, RunWorktree> Worktrees { get; init; } =
        ImmutableSortedDictionary<RunId, RunWorktree>.Empty;

    /// <summary>What is known of the accounts of coders; of one that no run was given, nothing is.</summary>
    public ImmutableSortedDictionary<AccountId, Account> Accounts { get; init; } =
        ImmutableSortedDictionary<AccountId, Account>.Empty;

    /// <summary>Landings that separate code has not looked at yet.</summary>
    public ImmutableSortedDictionary<TaskId, UncheckedLanding> Unchecked { get; init; } =
        ImmutableSortedDictionary<TaskId, UncheckedLanding>.Empty;

    /// <summary>What was spent today, against the budgets of a day.</summary>
    public DaySpent Day { get; init; } = DaySpent.Nothing;

    /// <summary>The newest requests that made a task, so that a repeat gets the first answer.</summary>
    public ImmutableDictionary<string, TaskId> Requests { get; init; } =
        ImmutableDictionary.Create<string, TaskId>(StringComparer.Ordinal);
    public ImmutableQueue<string> RequestOrder { get; init; } = [];

    /// <summary>
    /// Who may start, who is alive, who is owed something: derived, so that no decision walks every task.
    /// </summary>
    public Indexes Index { get; init; } = Indexes.Empty;

    public Repository? RepositoryAt(string root) =>
        Repositories.Values.FirstOrDefault(r => string.Equals(r.Root, root, StringComparison.Ordinal));

    /// <summary>The settings that hold for a repository: the stricter of home and repository.</summary>
    public EffectiveSettings SettingsOf(RepositoryName name) =>
        Index.Settings.TryGetValue(name, out var settings) ? settings : EffectiveSettings.Of(Home);

    /// <summary>The accounts that runs of a coder may be given.</summary>
    public AccountPool PoolOf(string coder) => AccountPool.Of(this, coder);

    private sealed class NameOrder : IComparer<RepositoryName>
    {
        public static readonly NameOrder Instance = new();

        public int Compare(RepositoryName x, RepositoryName y) => string.CompareOrdinal(x.Value, y.Value);
    }
}

/// <summary>A run's worktree on disk, and whether everything in it is pinned.</summary>
/// <param name="Seq">The position of the event that told of it.</param>
public sealed record RunWorktree(RepositoryName Repository, string Path, bool Saved, long Seq = 0);

/// <summary>A landing as it was made, waiting to be looked at by separate code.</summary>
public sealed record UncheckedLanding(RepositoryName Repository, LandedChange Change);
