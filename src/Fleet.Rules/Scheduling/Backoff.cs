using Fleet.Rules.Settings;

namespace Fleet.Rules.Scheduling;

/// <summary>How long to wait before another attempt: first, first × factor, … with a jitter of ±10 %.</summary>
public readonly record struct Backoff(BackoffSettings Settings)
{
    private const int MaxDoublings = 10;
    private const double JitterShare = 0.1;

    /// <summary>
    /// The wait after failure number <paramref name="failures"/> (1 for the first), in whole milliseconds, as all times
    /// in the log are; the run's id is the chance.
    /// </summary>
    public TimeSpan After(int failures, RunId run)
    {
        var exponent = Math.Clamp(failures - 1, 0, MaxDoublings);
        var wait = Settings.First.TotalMilliseconds * Math.Pow(Settings.Factor, exponent);
        return TimeSpan.FromMilliseconds(Math.Round(wait * (1 + (JitterShare * Spread(run)))));
    }

    /// <summary>
    /// A number in [-1, 1] that is the same for the same run, so that a replay gives the same answer.
    /// </summary>
    private static double Spread(RunId run)
    {
        var mixed = (uint)((run.Task.Number * 2_654_435_761L) ^ (run.Number * 40_503L));
        return (mixed % 2_001 / 1_000.0) - 1;
    }
}
