using System.Collections.Immutable;

namespace Fleet.Rules.Tasks;

/// <summary>What a task asks for and how it should be run, as a person gave it.</summary>
/// <param name="Text">The description; may be empty.</param>
/// <param name="Directory">The subdirectory of the repository that the task was added in; empty for its root.</param>
/// <param name="Coder">The coder's name; <c>command</c> runs <paramref name="Command"/>.</param>
/// <param name="Command">One element: a shell line that a person wrote; several: an argument vector.</param>
/// <param name="Priority">0 (most urgent) to 4.</param>
/// <param name="NoGate">A person's recorded decision that this task needs no gate.</param>
public sealed record Brief(
    string Title,
    string Text,
    string Directory,
    string? Agent,
    string Coder,
    string? Model,
    ImmutableArray<string> Command,
    int Priority,
    ImmutableArray<TaskId> Needs,
    ImmutableArray<string> Labels,
    bool NoGate
)
{
    public const string CommandCoder = "command";
    public const int LowestPriority = 4;
    public const int DefaultPriority = 2;
    public const int MaxTitleLength = 10_000;

    public bool IsCommand => string.Equals(Coder, CommandCoder, StringComparison.Ordinal);
}
