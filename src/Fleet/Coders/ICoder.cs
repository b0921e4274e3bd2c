using System.Collections.Immutable;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Spending;

namespace Fleet.Coders;

/// <summary>One kind of coder: how it is started, and how its output is read.</summary>
internal interface ICoder
{
    string Name { get; }

    CoderAbilities Abilities { get; }

    /// <summary>How a run of it is started.</summary>
    CoderLaunch Launch(CoderRequest request);

    /// <summary>
    /// The reading of one run's output from its first line. A successor of a dead daemon reads the same lines again
    /// and is where its predecessor was.
    /// </summary>
    ICoderSession Open(CoderRequest request);
}

/// <summary>What a coder can do, for people and for Fleet's own choices.</summary>
/// <param name="Steers">It takes a message in the middle of a turn.</param>
/// <param name="Interrupts">It ends a turn when it is told to, and stays.</param>
/// <param name="Resumes">A session goes on after its process died.</param>
/// <param name="AsksPermission">It asks before a tool call, so that Fleet can enforce an agent's permissions.</param>
/// <param name="TellsCost">It reports money.</param>
/// <param name="TellsReset">It reports when a limit resets.</param>
/// <param name="TellsTokens">It reports tokens.</param>
/// <param name="EndsTurns">It says when a turn has ended; else only its exit does.</param>
/// <param name="Unasked">What it does without asking, so that no rule of an agent reaches it.</param>
internal sealed record CoderAbilities(
    bool Steers,
    bool Interrupts,
    bool Resumes,
    bool AsksPermission,
    bool TellsCost,
    bool TellsReset,
    bool TellsTokens = true,
    bool EndsTurns = true,
    string Unasked = "everything"
);

/// <summary>What one run wants of a coder.</summary>
/// <param name="Program">The program, by name or path, where a person set one.</param>
/// <param name="Model">Null: the coder's default.</param>
/// <param name="Prompt">The whole brief.</param>
/// <param name="Worktree">Where it works.</param>
/// <param name="Configuration">A directory of its own for the coder's state, made by Fleet.</param>
/// <param name="NewSession">The id for a new session, where the coder takes one.</param>
/// <param name="Resume">The coder's id of the session to go on with; null begins a new one.</param>
/// <param name="Before">What that session had cost, by its own count, when it was last heard of.</param>
/// <param name="Server">Another server than the vendor's that speaks the vendor's protocol; null: the vendor's.</param>
/// <param name="MostUsd">What it may spend: Fleet holds it to that, and a coder that can is told as well.</param>
/// <param name="TaskDirectory">Where it keeps what the next run of its task must know.</param>
internal sealed record CoderRequest(
    RunId Run,
    string? Program,
    string? Model,
    string Prompt,
    string Worktree,
    string Configuration,
    Guid NewSession,
    string? Resume,
    Usage Before,
    string? Server = null,
    decimal? MostUsd = null,
    string? TaskDirectory = null
);

/// <summary>How a coder's process is started; its environment comes on top of a run's.</summary>
/// <param name="Files">Files to write before the start, by absolute path.</param>
/// <param name="InputFile">Which of them is its input, where its input is a file.</param>
internal sealed record CoderLaunch(
    ImmutableArray<string> Command,
    ImmutableDictionary<string, string> Environment,
    PieceInput Input,
    ImmutableDictionary<string, string> Files,
    string? InputFile = null
);
