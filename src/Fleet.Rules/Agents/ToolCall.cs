using System.Collections.Immutable;

namespace Fleet.Rules.Agents;

/// <summary>A tool call as a coder asks for it, and what can be told of it.</summary>
/// <param name="Input">As the coder gave it: JSON, or a command line.</param>
/// <param name="Command">The command line; none where it is no call of a shell.</param>
/// <param name="Paths">The files that it names.</param>
public sealed record ToolCall(string Tool, string Input, string? Command, ImmutableArray<string> Paths)
{
    private static readonly string[] Editing = ["edit", "write", "patch", "notebook", "filechange", "delete", "move"];

    public bool IsEdit => IsEditing(Tool);

    /// <summary>Whether a tool of that name changes files.</summary>
    public static bool IsEditing(string tool) =>
        Array.Exists(Editing, word => tool.Contains(word, StringComparison.OrdinalIgnoreCase));
}
