using System.Diagnostics;

namespace Fleet.Git.Landing;

/// <summary>What became of bringing a checkout along.</summary>
internal abstract record StepOutcome
{
    private StepOutcome() { }

    internal sealed record Followed : StepOutcome;

    /// <summary>Something is in the way; not a byte was changed.</summary>
    internal sealed record Refused(string Why) : StepOutcome;

    /// <summary>It failed half-way, because the disk is full for example.</summary>
    internal sealed record Broke(string Why) : StepOutcome;

    /// <summary>Why the checkout could not follow, or null.</summary>
    public string? Trouble =>
        this switch
        {
            Followed => null,
            Refused refused => refused.Why,
            Broke broke => broke.Why,
            _ => throw new UnreachableException(),
        };
}

/// <summary>
/// Brings a person's index and files from one commit to another and keeps every edit, staged or not; where an edit
/// is in the way it changes nothing and says what it is.
/// </summary>
internal static class CheckoutStep
{
    // How git says that it looked and did not begin.
    private static readonly string[] Refusals =
    [
        "Cannot merge",
        "would be overwritten",
        "would be removed",
        "would lose untracked files",
        "resolve your current index",
        "index.lock",
        "will not remove from working tree",
        "not uptodate",
    ];

    /// <param name="begun">An earlier call left its note: the files may be there already, or only some of them.</param>
    public static async Task<StepOutcome> Take(WorkingTree checkout, LandingDiff diff, bool begun)
    {
        if (!File.Exists(checkout.IndexFile))
        {
            // Nothing is checked out (clone --no-checkout), so nothing has to follow.
            return new StepOutcome.Followed();
        }

        if (begun)
        {
            if (await diff.FirstStaged(checkout.Git, diff.To) is null)
            {
                return new StepOutcome.Followed();
            }

            if (await diff.FirstStaged(checkout.Git, diff.From) is null)
            {
                await HalfWritten.Restore(checkout, diff);
            }
        }

        return await OverlapOf(checkout, diff) is { } overlap
            ? new StepOutcome.Refused(overlap)
            : await Step(checkout, diff);
    }

    /// <summary>Undoes <see cref="Take"/> exactly: it took only paths that nobody had touched.</summary>
    public static async Task<StepOutcome> TakeBack(WorkingTree checkout, LandingDiff diff) =>
        InTheWay.Find(checkout, diff.Reversed) is { } path
            ? new StepOutcome.Refused(path)
            : await Step(checkout, diff.Reversed);

    // What git would let pass and what could then not be taken back, or would be lost.
    private static async Task<string?> OverlapOf(WorkingTree checkout, LandingDiff diff) =>
        await diff.FirstStaged(checkout.Git, diff.From) is { } staged
            ? $"{staged} has staged changes and the landing changes it too"
            : InTheWay.Find(checkout, diff) ?? await Removed.Find(checkout, diff);

    private static async Task<StepOutcome> Step(WorkingTree checkout, LandingDiff diff)
    {
        var step = await ReadTree(checkout.Git, diff);
        if (IsStaleLooking(step) && await WouldPassRefreshed(checkout, diff))
        {
            await checkout.Git.Run("update-index", "-q", "--refresh");
            step = await ReadTree(checkout.Git, diff);
        }

        return step.Succeeded ? new StepOutcome.Followed()
            : Array.Exists(Refusals, words => step.Why.Contains(words, StringComparison.Ordinal))
                ? new StepOutcome.Refused(step.Why)
            : new StepOutcome.Broke(step.Why);
    }

    private static Task<GitOutcome> ReadTree(GitCommand git, LandingDiff diff, params string[] more) =>
        git.Run(["read-tree", "-m", "-u", .. more, diff.From, diff.To]);

    private static bool IsStaleLooking(GitOutcome outcome) =>
        outcome.Why.Contains("not uptodate", StringComparison.Ordinal);

    // A file that was only touched looks edited until the index is refreshed. Tried on a copy: where the step is
    // refused all the same, the person's own index stays as it is.
    private static async Task<bool> WouldPassRefreshed(WorkingTree checkout, LandingDiff diff)
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
