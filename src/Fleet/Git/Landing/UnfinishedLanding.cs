using Fleet.Rules;

namespace Fleet.Git.Landing;

/// <summary>
/// Deals with a checkout whose files were brought along by a landing that never moved the ref: a crash, or a
/// compare-and-swap that lost.
/// </summary>
internal static class UnfinishedLanding
{
    /// <summary>
    /// Null when nothing is open any more, else why it still is. The landing <paramref name="goingOn"/> is left to
    /// complete itself.
    /// </summary>
    public static async Task<string?> Settle(WorkingTree checkout, Commit trunk, LandingOrder? goingOn)
    {
        if (LandingNote.Read(checkout) is not { } note)
        {
            return null;
        }

        var same = goingOn is not null && note == new LandingNote(goingOn.From.Sha, goingOn.To.Sha);
        if (same && trunk == goingOn!.From)
        {
            return null;
        }

        if (await Ancestry.Holds(checkout.Git, note.To, trunk.Sha))
        {
            LandingNote.Remove(checkout);
            return null;
        }

        var diff = await LandingDiff.Read(checkout.Git, note.From, note.To);
        if (await diff.FirstStaged(checkout.Git, note.From) is null)
        {
            await HalfWritten.Restore(checkout, diff);
        }
        // What the person has committed meanwhile is theirs: taking it back would stage a revert.
        else if (
            await diff.FirstStaged(checkout.Git, "HEAD") is not null
            && (await CheckoutStep.TakeBack(checkout, diff)).Trouble is { } why
        )
        {
            return $"a landing that did not happen is still in the files and cannot be taken back: {why}";
        }

        LandingNote.Remove(checkout);
        return null;
    }
}
