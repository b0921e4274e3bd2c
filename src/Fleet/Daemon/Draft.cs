using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>The events of one step before they are durable, and the state that they would make.</summary>
internal sealed class Draft(FleetState state, RuleSet rules, DateTimeOffset now)
{
    private static readonly Input Tick = new Input.Tick();

    public FleetState State { get; private set; } = state;

    public List<Fact> Facts { get; } = [];

    public Answer? Take(Input input)
    {
        var decision = rules.Decide(State, input, now);
        Add(decision, input);
        return decision.Answer;
    }

    /// <summary>Decides what follows by itself; false once nothing does.</summary>
    public bool Settle()
    {
        var before = Facts.Count;
        Take(Tick);
        return Facts.Count > before;
    }

    private void Add(Decision decision, Input input)
    {
        long? first = null;
        foreach (var e in decision.Events)
        {
            var seq = State.Seq + 1;
            var fact = new Fact(seq, now, Who(e, input), first ?? Cause(e, input), e);
            first ??= seq;
            Facts.Add(fact);
            State = rules.Evolve(State, fact);
        }
    }

    /// <summary>The newest event of the same task led here; what a person asks has no cause but the person.</summary>
    private long? Cause(Event e, Input input) =>
        input is not Input.Asked && EventKinds.TaskOf(e) is { } id && State.Tasks.TryGetValue(id, out var task)
            ? task.LastSeq
            : null;

    private static Actor Who(Event e, Input input) =>
        (e, input) switch
        {
            (_, Input.Asked asked) => asked.Who,
            (Event.ProposalMade made, _) => Actor.Agent(made.Run),
            _ => Actor.Rule(EventKinds.Of(e).Split('.')[0]),
        };
}
