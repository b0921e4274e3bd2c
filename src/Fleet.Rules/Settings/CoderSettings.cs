using System.Collections.Immutable;

namespace Fleet.Rules.Settings;

/// <summary>How a coder that a person defined is given its brief.</summary>
public enum CoderPrompt
{
    /// <summary>As its standard input, to the end of the file.</summary>
    Stdin,

    /// <summary>As an argument.</summary>
    Argument,

    /// <summary>As a file, whose path is an argument.</summary>
    File,
}

/// <summary>What a coder that a person defined prints.</summary>
public enum CoderOutput
{
    /// <summary>Words for people; its exit tells whether it did its work.</summary>
    Lines,
    ClaudeStreamJson,
    CodexJson,
    GeminiStreamJson,
    OpencodeJson,
    AgyStreamJson,

    /// <summary>The Agent Client Protocol, both ways.</summary>
    Acp,
}

/// <summary>A coder that a person defined: a program and its arguments, which no shell reads.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="Command">With <c>{model}</c> and other words in braces where a run fills something in.</param>
/// <param name="Prompt">How it is given its brief.</param>
/// <param name="Output">What it prints.</param>
/// <param name="Context">How many tokens fit into its model's context; null is unknown.</param>
/// <param name="Env">Its own variables; they enter the record, so no secret belongs here.</param>
/// <param name="Limits">Lines by which it tells that its account is used up: <c>*</c> stands for anything.</param>
public sealed record CoderSettings(
    string Name,
    ImmutableArray<string> Command,
    CoderPrompt Prompt = CoderPrompt.Stdin,
    CoderOutput Output = CoderOutput.Lines,
    long? Context = null,
    ImmutableSortedDictionary<string, string>? Env = null,
    ImmutableArray<string> Limits = default
)
{
    public ImmutableArray<string> Command { get; init; } = Command.IsDefault ? [] : Command;

    public ImmutableSortedDictionary<string, string> Env { get; init; } = Ordinal(Env);

    public ImmutableArray<string> Limits { get; init; } = Limits.IsDefault ? [] : Limits;

    private static ImmutableSortedDictionary<string, string> Ordinal(ImmutableSortedDictionary<string, string>? env) =>
        (env ?? ImmutableSortedDictionary<string, string>.Empty).WithComparers(StringComparer.Ordinal);
}
