using System.Collections.Immutable;
using Fleet.Rules.Tasks;
using Fleet.Rules.Views;

namespace Fleet.Rules.Tests.Views;

/// <summary>A fleet with one repository, told event by event.</summary>
internal sealed class Story
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly List<Fact> facts = [];

    public Story() => Then(new Event.RepositoryAdded(new RepositoryName("shop"), "/shop", "main", null));

    public FleetState State { get; private set; } = FleetState.Empty;

    public IEnumerable<Fact> FactsOf(int id) => facts.Where(fact => EventKinds.TaskOf(fact.Event) == new TaskId(id));

    public Story Added(int id, int priority = 2, params int[] needs)
    {
        ImmutableArray<TaskId> needed = [.. needs.Select(need => new TaskId(need))];
        var brief = new Brief($"Task {id}", "", "", null, "command", null, ["./x"], priority, needed, [], false);
        return Then(new Event.TaskAdded(new TaskId(id), new RepositoryName("shop"), brief, $"request {id}"));
    }

    public Story Then(Event e, Actor? who = null)
    {
        var fact = new Fact(State.Seq + 1, Noon, who ?? Actor.Human("ada"), null, e);
        facts.Add(fact);
        State = Evolve.Apply(State, fact);
        return this;
    }

    public TaskList Table(bool all = false, int limit = 1000) =>
        TaskTable.Of(State, all, limit, new Dictionary<RunId, LiveRun>(), Noon);

    public IEnumerable<int> Shown(bool all = false) => Table(all).Rows.Select(row => row.Id.Number);
}
