namespace Fleet.Git.Landing;

/// <summary>
/// Brings a person's index and files from one commit to another and keeps every edit, staged or not; where an edit
/// is in the way it changes nothing and says what it is.
/// </summary>
internal static class CheckoutStep
{
    /// <summary>Null when the checkout followed, else why it could not.</summary>
    /// <param name="begun">An earlier call may have brought it along already.</param>
    public static async Task<string?> Take(Checkout checkout, LandingDiff diff, bool begun)
    {
        if (!File.Exists(checkout.IndexFile))
        {
            // Nothing is checked out (clone --no-checkout), so nothing has to follow.
            return null;
        }

        return await OverlapOf(checkout, diff, begun) ?? await Step(checkout, diff);
    }

    /// <summary>Undoes <see cref="Take"/> exactly: it took only paths that nobody had touched.</summary>
    public static async Task<string?> TakeBack(Checkout checkout, LandingDiff diff) =>
        await InTheWay.Find(checkout, diff.Reversed) ?? await Step(checkout, diff.Reversed);

    // What git would let pass and what could then not be taken back, or would be lost.
    private static async Task<string?> OverlapOf(Checkout checkout, LandingDiff diff, bool begun)
    {
        if (!begun && await diff.FirstStaged(checkout.Git, diff.From) is { } staged)
        {
            return $"{staged} has staged changes and the landing changes it too";
        }

        return await InTheWay.Find(checkout, diff) ?? (begun ? null : await Removed.Find(checkout, diff));
    }

    private static async Task<string?> Step(Checkout checkout, LandingDiff diff)
    {
        var step = await ReadTree(checkout.Git, diff);
        if (step.Succeeded || !IsStaleLooking(step) || !await WouldPassRefreshed(checkout, diff))
        {
            return step.Succeeded ? null : step.Why;
        }

        await checkout.Git.Run("update-index", "-q", "--refresh");
        var again = await ReadTree(checkout.Git, diff);
        return again.Succeeded ? null : again.Why;
    }

    private static Task<GitOutcome> ReadTree(GitCommand git, LandingDiff diff, params string[] more) =>
        git.Run(["read-tree", "-m", "-u", .. more, diff.From, diff.To]);

    private static bool IsStaleLooking(GitOutcome outcome) =>
        outcome.Why.Contains("not uptodate", StringComparison.Ordinal);

    // A file that was only touched looks edited until the index is refreshed. Tried on a copy: where the step is
    // refused all the same, the person's own index stays as it is.
    private static async Task<bool> WouldPassRefreshed(Checkout checkout, LandingDiff diff)
    {
        var copy = Path.Combine(Path.GetTempPath(), $"fleet-index-{Guid.NewGuid():N}");
        try
        {
            File.Copy(checkout.IndexFile, copy);
            var git = checkout.Git.WithIndex(copy);
            await git.Run("update-index", "-q", "--refresh");
            return (await ReadTree(git, diff, "-n")).Succeeded;
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
