using System.Runtime.CompilerServices;

namespace Fleet.Simulation.Checks;

/// <summary>An invariant that did not hold; ends the simulated world.</summary>
internal sealed class Violation(Invariant invariant, string what) : Exception($"{invariant}: {what}")
{
    public Invariant Invariant { get; } = invariant;

    public static void Unless(
        bool holds,
        Invariant invariant,
        [InterpolatedStringHandlerArgument(nameof(holds))] ref Words what
    )
    {
        if (!holds)
        {
            throw new Violation(invariant, what.Text());
        }
    }

    /// <summary>Puts words together only when they are needed.</summary>
    [InterpolatedStringHandler]
    internal ref struct Words
    {
        private DefaultInterpolatedStringHandler text;

        public Words(int literals, int holes, bool holds, out bool wanted)
        {
            wanted = !holds;
            text = holds ? default : new DefaultInterpolatedStringHandler(literals, holes);
        }

        public void AppendLiteral(string part) => text.AppendLiteral(part);

        public void AppendFormatted<T>(T part) => text.AppendFormatted(part);

        public string Text() => text.ToStringAndClear();
    }
}
