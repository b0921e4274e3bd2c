using Fleet.Daemon;
using Fleet.Log;
using Fleet.Simulation.World;

namespace Fleet.Simulation.Checks;

/// <summary>Reads the log as anybody could, and puts every new fact before every check.</summary>
internal sealed class Watch
{
    private readonly Trace trace;
    private readonly Ledger ledger = new();
    private readonly RunChecks runs;
    private readonly LandingChecks landings;

    public Watch(IEventLog log, SimWorld world, RuleSet rules, Trace trace)
    {
        this.trace = trace;
        Log = log;
        Folds = new FoldChecks(log, rules);
        Records = new RecordChecks(log);
        runs = new RunChecks(ledger, world);
        landings = new LandingChecks(ledger, world);
        world.Landed = landings.Moved;
    }

    public IEventLog Log { get; }

    public FoldChecks Folds { get; }

    public RecordChecks Records { get; }

    public Ledger Ledger => ledger;

    public LandingChecks Landings => landings;

    /// <summary>Safety after every event: of the log, and of the world as it is now.</summary>
    public void CatchUp()
    {
        foreach (var row in Log.Read(ledger.Seq))
        {
            var fact = Envelope.Read(row)!;
            trace.Say($"{fact.Seq}   {fact.Event} by {fact.Who} because of {fact.Cause}");
            Records.Before(row, fact);
            landings.Before(fact);
            runs.Before(fact);
            ledger.Add(fact);
            Folds.Add(fact);
        }

        runs.World();
    }
}
