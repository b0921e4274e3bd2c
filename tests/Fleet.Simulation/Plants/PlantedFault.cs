using Fleet.Daemon;
using Fleet.Simulation.Checks;
using Fleet.Simulation.Home;

namespace Fleet.Simulation.Plants;

/// <summary>A mistake made on purpose, and the invariant that must notice it.</summary>
/// <param name="Rules">The production rules with the mistake in them, made anew for each world.</param>
/// <param name="Flaws">Mistakes around the rules: in the log, the daemon, the shells.</param>
internal sealed record PlantedFault(Invariant CaughtBy, Func<RuleSet> Rules, Flaws Flaws = Flaws.None);
