using Fleet.Rules;

namespace Fleet.Git.Landing;

/// <summary>What an independent look at a landing found.</summary>
internal abstract record LandingCheckOutcome
{
    private LandingCheckOutcome() { }

    internal sealed record Holds : LandingCheckOutcome;

    /// <summary>Trunk is not what was proven: nothing more may land until a person has looked.</summary>
    internal sealed record Broken(string What) : LandingCheckOutcome;

    /// <summary>Git gave no answer, so nothing is known either way.</summary>
    internal sealed record CouldNotLook(string Reason) : LandingCheckOutcome;
}

/// <summary>
/// Looks at trunk after a landing with eyes of its own: shares no code with the landing but the git command, so that
/// one mistake cannot both land and approve the wrong thing.
/// </summary>
internal static class LandingCheck
{
    /// <param name="git">Where trunk can be read: the person's repository, or the hub after a fetch.</param>
    /// <param name="trunkRef">The full name of the ref that now holds the landing.</param>
    public static async Task<LandingCheckOutcome> Run(
        GitCommand git,
        string trunkRef,
        Commit landed,
        Tree gated,
        Commit before
    )
    {
        var trees = git.Run("rev-parse", "--verify", "--end-of-options", $"{landed}^{{tree}}");
        // Every step of trunk since then, oldest last; the landing's own step must be one of them.
        var chain = git.Run("rev-list", "--first-parent", "--parents", "--end-of-options", trunkRef, $"^{before}");
        var kept = git.Run("merge-base", "--is-ancestor", before.Sha, landed.Sha);
        var (tree, steps, ancestor) = (await trees, await chain, await kept);
        if (!tree.Succeeded || !steps.Succeeded || ancestor is not (GitOutcome.Ok or GitOutcome.Failed { Code: 1 }))
        {
            var why = Array.Find([tree, steps, ancestor], each => !each.Succeeded)!.Why;
            return new LandingCheckOutcome.CouldNotLook(why);
        }

        var isStep = steps.Text.Split('\n').Any(line => line.StartsWith(landed.Sha, StringComparison.Ordinal));
        var what =
            tree.Text != gated.Sha ? $"{landed.Short} has tree {tree.Text}, but the gates ran on {gated}"
            : !ancestor.Succeeded ? $"{landed.Short} does not contain {before.Short}, which trunk had before"
            : !isStep && !await IsAncestor(git, landed, trunkRef) ? $"{landed.Short} is not on {trunkRef}"
            : null;
        return what is null ? new LandingCheckOutcome.Holds() : new LandingCheckOutcome.Broken(what);
    }

    private static async Task<bool> IsAncestor(GitCommand git, Commit landed, string trunkRef) =>
        (await git.Run("merge-base", "--is-ancestor", landed.Sha, trunkRef)).Succeeded;
}
