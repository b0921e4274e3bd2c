using Fleet.Daemon;
using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Simulation.Checks;

/// <summary>Safety of the state: what a daemon holds in memory is what the log gives, its indexes included.</summary>
internal sealed class FoldChecks(IEventLog log, RuleSet rules)
{
    private const int CompareEvery = 16;
    private int comparisons;

    /// <summary>The fold of everything in the log, kept beside every daemon's own.</summary>
    public FleetState State { get; private set; } = FleetState.Empty;

    /// <summary>A redaction changes what was read before it: then everything is read again.</summary>
    public void Add(Fact fact) =>
        State =
            fact.Event is Event.BodyRedacted
                ? Envelope.Fold(FleetState.Empty, log.Read(0).TakeWhile(row => row.Seq <= fact.Seq), rules)
                : rules.Evolve(State, fact);

    /// <summary>Compares now and then; <see cref="AtRest"/> compares everything.</summary>
    public void Compare(FleetState memory)
    {
        if (comparisons++ % CompareEvery == 0)
        {
            Same(memory);
        }
    }

    public void AtRest(FleetState memory)
    {
        Same(memory);
        var whole = StateText.Of(Envelope.Fold(FleetState.Empty, log.Read(0), rules));
        Violation.Unless(whole == StateText.Of(memory), Invariant.FoldEqualsMemory, $"after a restart:\n{whole}");
    }

    private void Same(FleetState memory)
    {
        var text = StateText.Of(memory);
        if (memory.Seq == State.Seq)
        {
            var folded = StateText.Of(State);
            Violation.Unless(folded == text, Invariant.FoldEqualsMemory, $"folded:\n{folded}\nin memory:\n{text}");
        }

        var rebuilt = StateText.Of(Indexes.Rebuild(memory));
        Violation.Unless(rebuilt == text, Invariant.IndexesAreMaintained, $"rebuilt:\n{rebuilt}\nkept:\n{text}");
    }
}
