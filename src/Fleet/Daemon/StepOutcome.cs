using System.Collections.Immutable;
using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>What became of one step of the loop.</summary>
internal abstract record StepOutcome
{
    private StepOutcome() { }

    /// <summary>Everything decided is durable. One answer per input, none for inputs that are no requests.</summary>
    internal sealed record Applied(ImmutableArray<Answer?> Answers, ImmutableArray<Fact> Facts) : StepOutcome;

    /// <summary>Another daemon appended first: nothing of this step counts, and this loop must end.</summary>
    internal sealed record SteppedDown(Position Actual) : StepOutcome;

    /// <summary>The store refused: nothing of this step counts; the same inputs may be tried again.</summary>
    internal sealed record Refused(string Why, string Hint) : StepOutcome;
}
