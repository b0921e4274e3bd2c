using Fleet.Rules;

namespace Fleet.Git.Landing;

/// <summary>What a candidate is made of; the same plan always makes the same commit.</summary>
/// <param name="Message">The whole commit message, trailers included.</param>
internal sealed record CandidatePlan(
    Commit Trunk,
    Tree TrunkTree,
    Commit Proposal,
    string Message,
    Identity Author,
    DateTimeOffset Date
);

/// <summary>Merges a proposal with trunk inside the hub: no checkout, no hook, no filter.</summary>
internal static class Candidates
{
    /// <summary>How many commits of a proposal are looked through for trunk before git is asked to merge.</summary>
    private const int MostSteps = 16;

    /// <summary>
    /// Always a merge commit, so that a landing is one step on trunk's first-parent chain even where the proposal
    /// could be fast-forwarded.
    /// </summary>
    public static async Task<CandidateOutcome> Build(Hub hub, CandidatePlan plan)
    {
        if (OnTop(hub, plan) is { } tree)
        {
            return Commit(hub, plan, tree);
        }

        var merge = await hub.Git.Run(
            "merge-tree",
            "--write-tree",
            "-z",
            "--name-only",
            "--no-messages",
            plan.Trunk.Sha,
            plan.Proposal.Sha
        );
        var fields = merge.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return merge switch
        {
            GitOutcome.Ok => Commit(hub, plan, new Tree(fields[0])),
            // merge-tree answers 1 for a conflict: the tree with markers, then the paths.
            GitOutcome.Failed { Code: 1 } when fields.Length > 1 => new CandidateOutcome.Conflict(fields[1..]),
            _ => new CandidateOutcome.Failed($"{plan.Proposal.Short} could not be merged with trunk: {merge.Why}"),
        };
    }

    /// <summary>
    /// The proposal's own tree where trunk is one of its ancestors: that is what merging the two would give.
    /// </summary>
    private static Tree? OnTop(Hub hub, CandidatePlan plan)
    {
        var top = CommitObject.FromFile(hub, plan.Proposal);
        var at = top;
        for (var step = 0; step < MostSteps && at is { Parents: [var first, ..] parents }; step++)
        {
            if (parents.Contains(plan.Trunk))
            {
                return top!.Tree;
            }

            at = CommitObject.FromFile(hub, first);
        }

        return null;
    }

    private static CandidateOutcome Commit(Hub hub, CandidatePlan plan, Tree tree)
    {
        if (tree == plan.TrunkTree)
        {
            return new CandidateOutcome.MergedAlready(plan.Trunk);
        }

        var merge = new NewCommit(tree, [plan.Trunk.Sha, plan.Proposal.Sha], plan.Author, plan.Date, plan.Message);
        try
        {
            return new CandidateOutcome.Built(merge.Write(hub), tree, plan.Trunk);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new CandidateOutcome.Failed(
                $"The merge of {plan.Proposal.Short} could not be recorded: {error.Message}"
            );
        }
    }
}
