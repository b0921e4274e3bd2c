using Fleet.Bench.Ground;

namespace Fleet.Bench;

/// <summary>One promise about speed, and the way to measure it.</summary>
/// <param name="Name">What to call it on the command line.</param>
/// <param name="What">The promise's subject, as the table has it.</param>
/// <param name="Target">What is promised.</param>
/// <param name="How">One sentence: how it is measured, and against what.</param>
internal abstract record Row(string Name, string What, string Target, string How)
{
    public abstract Task<Measured> Measure(Place place);
}

/// <summary>What came out of one row.</summary>
/// <param name="Figures">The measured figures, medians first.</param>
/// <param name="Against">What they were measured against in the same run, with the ratio.</param>
/// <param name="Holds">Whether the promise is kept.</param>
internal sealed record Measured(string Figures, string Against, bool Holds);

/// <summary>One row with what came out, and how busy the machine was when it began.</summary>
internal sealed record Result(Row Row, Measured Measured, double Load);
