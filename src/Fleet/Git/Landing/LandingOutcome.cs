using Fleet.Rules;

namespace Fleet.Git.Landing;

/// <summary>One wish to move trunk.</summary>
/// <param name="From">Where trunk was when the candidate was built.</param>
/// <param name="To">The proven candidate: a commit on top of <paramref name="From"/>.</param>
/// <param name="Home">Whose epoch the fence is; two homes may land on one repository.</param>
internal sealed record LandingOrder(TaskId Task, Commit From, Commit To, string Home, Epoch Epoch);

/// <summary>
/// What became of a landing. Whatever is not <see cref="Moved"/> left trunk and every checkout as it was.
/// </summary>
internal abstract record LandingOutcome
{
    private LandingOutcome() { }

    /// <summary>Trunk contains the candidate, now or since an earlier call.</summary>
    internal sealed record Moved(Commit Commit) : LandingOutcome;

    /// <summary>Trunk is elsewhere: build the candidate again on <paramref name="Now"/>.</summary>
    internal sealed record TrunkMovedMeanwhile(Commit Now) : LandingOutcome;

    /// <summary>A person's checkout cannot follow now; ask again later.</summary>
    internal sealed record Busy(string Reason, string Where) : LandingOutcome;

    /// <summary>Another daemon reigns.</summary>
    internal sealed record StaleEpoch : LandingOutcome;

    /// <summary>The remote did not answer; ask again later.</summary>
    internal sealed record Unreachable(string Reason) : LandingOutcome;

    /// <summary>A person has to look: nothing lands on this repository until then.</summary>
    internal sealed record Refused(string Reason) : LandingOutcome;
}
