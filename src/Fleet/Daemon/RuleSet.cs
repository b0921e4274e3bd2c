using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>The three pure functions, as one value: the simulation plants faults by giving a changed set.</summary>
internal sealed record RuleSet(
    Func<FleetState, Input, DateTimeOffset, Decision> Decide,
    Func<FleetState, Fact, FleetState> Evolve,
    Func<FleetState, DateTimeOffset, Owed> Next
)
{
    public static readonly RuleSet Production = new(Rules.Decide.For, Rules.Evolve.Apply, Rules.Next.For);
}
