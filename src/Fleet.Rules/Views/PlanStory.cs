using System.Collections.Immutable;
using Fleet.Rules.Settings;

namespace Fleet.Rules.Views;

/// <summary>One step on a task's way to trunk.</summary>
/// <param name="By">Who says that it is done; none while it is to come.</param>
public sealed record PlanStep(string What, Source? By)
{
    public bool IsDone => By is not null;
}

/// <summary>The way of one task from added to landed: what is done, and what is still to come.</summary>
public static class PlanStory
{
    public static ImmutableArray<PlanStep> Of(TaskStory story)
    {
        var landed = story.Row.State is TaskState.Landed;
        var proposed = story.Proposal is not null;
        var ran = proposed || landed;
        return
        [
            new PlanStep($"added by {story.AddedBy}", Source.Person),
            .. story.Needs.Select(need => new PlanStep(
                $"task {need} has landed",
                Done(story.Run is not null || landed)
            )),
            new PlanStep($"a run of {story.Row.Coder} leaves a proposal", ran ? Source.Claim : null),
            .. Proofs(story, landed),
            .. Approval(story, landed),
            new PlanStep($"lands on {story.Trunk}", Done(landed)),
        ];
    }

    private static IEnumerable<PlanStep> Proofs(TaskStory story, bool landed)
    {
        if (story.NoGate)
        {
            yield return new PlanStep("no gate is needed", Source.Person);
            yield break;
        }

        foreach (var gate in story.Gates)
        {
            var upheld = story.Proposal?.Verdicts.Any(v =>
                string.Equals(v.Gate, gate, StringComparison.Ordinal)
                && string.Equals(v.Answer, "upheld", StringComparison.Ordinal)
            );
            yield return new PlanStep($"gate {gate} upholds it", Done(landed || upheld == true));
        }
    }

    private static IEnumerable<PlanStep> Approval(TaskStory story, bool landed)
    {
        var by = story.Proposal?.ApprovedBy;
        if (by is not null)
        {
            yield return new PlanStep($"approved by {by}", Source.Person);
        }
        else if (!landed && (story.Landing is LandingMode.Approve || (story.Gates.IsEmpty && !story.NoGate)))
        {
            yield return new PlanStep("a person approves it", null);
        }
    }

    private static Source? Done(bool done) => done ? Source.Evidence : null;
}
