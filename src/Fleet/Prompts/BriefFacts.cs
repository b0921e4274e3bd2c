using System.Collections.Immutable;
using Fleet.Rules;
using Fleet.Rules.Context;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;

namespace Fleet.Prompts;

/// <summary>Everything that a brief is made of.</summary>
/// <param name="Role">The agent's job description; none where no agent has one.</param>
/// <param name="Judged">Who judges the work.</param>
/// <param name="Setback">Why the attempt before did not hold.</param>
/// <param name="Notes">The directory of the task's own files.</param>
/// <param name="Done">What earlier runs left, where this one does not remember it.</param>
/// <param name="Told">What the conversation was given already; none where it begins anew.</param>
/// <param name="Stage">Whether a plan is wanted first.</param>
internal sealed record BriefFacts(
    string Title,
    string Text,
    string? Role,
    Judges Judged,
    string? Setback,
    string Notes,
    Note? Plan,
    Note? Knowledge,
    Handover? Done,
    ImmutableArray<ContextPart>? Told,
    PlanStage Stage = PlanStage.None
)
{
    /// <summary>What people said to the task's coder that this run is to hear.</summary>
    public ImmutableArray<Told> Said { get; init; } = [];
}

/// <summary>Where a task stands whose plan a person reads first.</summary>
internal enum PlanStage
{
    /// <summary>Nobody asks for a plan.</summary>
    None,

    /// <summary>Only a plan is wanted.</summary>
    Wanted,

    /// <summary>A person approved it as the run left it.</summary>
    Approved,

    /// <summary>A person changed it, and approved what it says now.</summary>
    Changed,
}

/// <summary>What a proposal must pass.</summary>
/// <param name="NoGate">A person decided that no gate is needed.</param>
internal sealed record Judges(string Trunk, ImmutableArray<GateSettings> Gates, bool NoGate, LandingMode Landing);

/// <summary>The kept work of the newest earlier run that left any.</summary>
/// <param name="IsHere">The new run starts from it.</param>
/// <param name="Commits">One line each.</param>
/// <param name="Files">One line each, with how much changed.</param>
/// <param name="Unreadable">Why no more can be told.</param>
internal sealed record Handover(
    RunId Run,
    Commit Kept,
    bool IsHere,
    string Commits,
    string Files,
    string? Unreadable = null
);

/// <summary>A file that runs keep for those after them, as much of it as a brief may hold.</summary>
/// <param name="Of">The size of the whole file; more than the text where it was cut.</param>
internal sealed record Note(string Path, string Text, long Of, bool IsCut);
