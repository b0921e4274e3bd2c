using System.Collections.Immutable;
using System.Diagnostics;
using Fleet.Rules.Runs;
using Fleet.Rules.Verification;

namespace Fleet.Rules.Views;

/// <summary>The newest run of a task.</summary>
public sealed record RunStory(
    RunId Id,
    DateTimeOffset StartedAt,
    string? Worktree,
    string? Branch,
    Commit? Base,
    int? Pid,
    string? Exit,
    Commit? Kept
)
{
    public static RunStory Of(Run run) =>
        new(
            run.Id,
            run.StartedAt,
            run.Worktree?.Path,
            run.Worktree?.Branch,
            run.Worktree?.Base,
            run.IsLive ? run.Process?.Pid : null,
            run.Exit?.ToString(),
            run.Saved?.Kept
        );
}

/// <summary>The proposal of a task with its evidence.</summary>
public sealed record ProposalStory(
    Commit Commit,
    Commit Base,
    ImmutableArray<VerdictStory> Verdicts,
    string? ApprovedBy,
    Commit? Candidate,
    Tree? CandidateTree
)
{
    public static ProposalStory Of(Proposal proposal) =>
        new(
            proposal.Commit,
            proposal.Base,
            [.. proposal.Verdicts.Select(VerdictStory.Of)],
            proposal.IsApproved ? proposal.Approval?.By : null,
            proposal.Candidate?.Commit,
            proposal.Candidate?.Tree
        );
}

/// <summary>One gate's answer in words.</summary>
public sealed record VerdictStory(string Gate, string Answer, string Why, string Output, TimeSpan Took)
{
    public static VerdictStory Of(GivenVerdict given) =>
        new(given.Gate, AnswerOf(given.Verdict), WhyOf(given.Verdict), given.Output, given.Took);

    internal static string AnswerOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Upheld => "upheld",
            Verdict.Refuted => "refuted",
            Verdict.Undecided => "undecided",
            _ => throw new UnreachableException(),
        };

    internal static string WhyOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Upheld => "",
            Verdict.Refuted refuted => string.Join("; ", refuted.Findings.Select(finding => finding.Why)),
            Verdict.Undecided undecided => undecided.Reason,
            _ => throw new UnreachableException(),
        };
}
