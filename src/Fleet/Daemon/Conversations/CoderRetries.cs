using Fleet.Coders;
using Fleet.Rules;
using Fleet.Rules.Runs;

namespace Fleet.Daemon.Conversations;

/// <summary>
/// Fleet owns the budget of retries: a coder that tries the same request again and again by itself is ended, and its
/// task is tried again later or asks a person.
/// </summary>
internal sealed class CoderRetries(RunId run)
{
    public const int Most = 10;

    private int inARow;

    /// <summary>Told once, when it was one too many.</summary>
    public Observation.RunPassedLimit? Take(CoderEvent seen)
    {
        if (seen is not CoderEvent.RetrySeen retry)
        {
            var goesOn = seen is CoderEvent.Text or CoderEvent.ToolStarted or CoderEvent.UsageSeen;
            inARow = goesOn ? 0 : inARow;
            return null;
        }

        return ++inARow == Most + 1
            ? new Observation.RunPassedLimit(
                run,
                StopReason.NoProgress,
                $"its coder tried {Most} times in a row by itself: {retry.Class}"
            )
            : null;
    }
}
