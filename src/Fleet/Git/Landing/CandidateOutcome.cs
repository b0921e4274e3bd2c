using Fleet.Rules;

namespace Fleet.Git.Landing;

/// <summary>What became of merging a proposal with trunk.</summary>
internal abstract record CandidateOutcome
{
    private CandidateOutcome() { }

    /// <summary>One commit on top of <paramref name="Trunk"/>; gates run on exactly <paramref name="Tree"/>.</summary>
    internal sealed record Built(Commit Commit, Tree Tree, Commit Trunk) : CandidateOutcome;

    /// <summary>The proposal adds nothing that trunk does not have.</summary>
    internal sealed record MergedAlready(Commit Trunk) : CandidateOutcome;

    /// <summary>Both sides changed these paths in ways that git cannot join.</summary>
    internal sealed record Conflict(IReadOnlyList<string> Paths) : CandidateOutcome;

    internal sealed record Failed(string Reason) : CandidateOutcome;
}
