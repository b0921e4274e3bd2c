using System.Collections.Immutable;
using System.Globalization;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;

namespace Fleet.Rules.Views;

/// <summary>What usage is listed by.</summary>
public enum UsageBy
{
    Model,
    Agent,
    Task,
    Account,
    Day,
}

/// <summary>What the runs of one group spent. A figure that nobody told is absent, never 0.</summary>
/// <param name="Usd">As the coders told it.</param>
/// <param name="ListUsd">By list price, for the tokens of which no coder told the cost.</param>
/// <param name="Estimated">Runs of which some figure is Fleet's estimate.</param>
/// <param name="Unknown">Ended runs that told nothing of what they spent.</param>
public sealed record UsageRow(
    string By,
    int Runs,
    long? Input,
    long? CacheRead,
    long? CacheWrite,
    long? Output,
    decimal? Usd,
    decimal? ListUsd,
    int Estimated,
    int Unknown
);

/// <summary>What was spent, from the record: each event is added once, in its order.</summary>
/// <remarks>It holds a line for each group and for each run that lives.</remarks>
public sealed class UsageTable(UsageBy by)
{
    private readonly SortedDictionary<string, Group> groups = new(StringComparer.Ordinal);
    private readonly Dictionary<RunId, Open> open = [];
    private ImmutableArray<Price> prices = [];

    private sealed class Group
    {
        public int Runs { get; set; }
        public int Estimated { get; set; }
        public int Unknown { get; set; }
        public Usage Spent { get; set; } = Usage.Unknown;
        public decimal? List { get; set; }
    }

    private sealed record Open(string Coder, string? Agent, string? Model)
    {
        public bool IsCounted { get; set; }
        public bool HasSpent { get; set; }
        public bool IsEstimated { get; set; }
    }

    /// <summary>The kinds of events that it follows; any other may be left out.</summary>
    public static bool Follows(string kind) =>
        kind
            is "home.settings_changed"
                or "run.started"
                or "run.session_began"
                or "run.usage_spent"
                or "run.exited"
                or "run.failed";

    public void Add(Fact fact)
    {
        switch (fact.Event)
        {
            case Event.HomeSettingsChanged e:
                prices = e.Settings.Prices;
                break;
            case Event.RunStarted e:
                open[e.Run] = new Open(e.Coder, e.Agent, e.Model);
                break;
            case Event.SessionBegan { Model: { } model } e when open.TryGetValue(e.Run, out var run):
                open[e.Run] = run with { Model = model };
                break;
            case Event.UsageSpent e when open.TryGetValue(e.Run, out var run):
                Spent(fact, e, run);
                break;
            case Event.RunExited e:
                Ended(fact, e.Run);
                break;
            case Event.RunFailed e:
                open.Remove(e.Run);
                break;
        }
    }

    /// <summary>The groups in the order of their names: of numbers the shorter come first.</summary>
    public ImmutableArray<UsageRow> Rows =>
        [.. groups.OrderBy(g => by is UsageBy.Task ? g.Key.Length : 0).Select(g => Row(g.Key, g.Value))];

    /// <summary>All groups as one.</summary>
    public UsageRow Total
    {
        get
        {
            var all = new Group();
            foreach (var group in groups.Values)
            {
                all.Runs += group.Runs;
                all.Estimated += group.Estimated;
                all.Unknown += group.Unknown;
                all.Spent += group.Spent;
                all.List = Sum(all.List, group.List);
            }

            return Row("total", all);
        }
    }

    private void Spent(Fact fact, Event.UsageSpent e, Open run)
    {
        var group = Find(fact, e.Run, run);
        group.Spent += e.Spent;
        group.List = Sum(group.List, PriceList.Of(prices, run.Model, e.Spent, DaySpent.DayOf(fact.At)));
        run.HasSpent = true;
        if (!e.IsExact && !run.IsEstimated)
        {
            run.IsEstimated = true;
            group.Estimated++;
        }
    }

    private void Ended(Fact fact, RunId id)
    {
        if (open.Remove(id, out var run) && !run.HasSpent)
        {
            Find(fact, id, run).Unknown++;
        }
    }

    private Group Find(Fact fact, RunId id, Open run)
    {
        var key = by switch
        {
            UsageBy.Model => run.Model ?? $"{run.Coder}'s default",
            UsageBy.Agent => run.Agent ?? "none",
            UsageBy.Task => id.Task.ToString(),
            UsageBy.Account => $"{run.Coder} default",
            UsageBy.Day => DaySpent.DayOf(fact.At).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = new Group());
        }

        group.Runs += run.IsCounted ? 0 : 1;
        run.IsCounted = true;
        return group;
    }

    private static UsageRow Row(string key, Group group) =>
        new(
            key,
            group.Runs,
            group.Spent.Input,
            group.Spent.CacheRead,
            group.Spent.CacheWrite,
            group.Spent.Output,
            group.Spent.Usd,
            group.List,
            group.Estimated,
            group.Unknown
        );

    private static decimal? Sum(decimal? one, decimal? other) =>
        one is null && other is null ? null : (one ?? 0) + (other ?? 0);
}
