namespace Fleet.Rules.Agents;

/// <summary>What a rule looks at.</summary>
public enum PermissionSubject
{
    /// <summary>The name of the tool.</summary>
    Tool,

    /// <summary>Each command of a command line.</summary>
    Shell,

    /// <summary>Each file that the call names, as seen from the worktree.</summary>
    Path,
}

/// <summary>One rule of an agent: <c>WebFetch</c>, <c>shell: git rebase*</c>, <c>path: docs/**</c>.</summary>
/// <param name="Pattern"><c>*</c> stands for anything; in a path it stays within one folder, and <c>**</c> does
/// not.</param>
public sealed record PermissionRule(PermissionSubject Subject, string Pattern)
{
    /// <summary>None when the text is no rule.</summary>
    public static PermissionRule? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var pattern = text[(colon + 1)..].Trim();
        return pattern.Length == 0 ? null
            : colon < 0 ? OfTool(pattern)
            : text[..colon].Trim() switch
            {
                "shell" => new PermissionRule(PermissionSubject.Shell, pattern),
                "path" => new PermissionRule(PermissionSubject.Path, pattern),
                _ => null,
            };
    }

    /// <summary>Something of the call is what the rule is about.</summary>
    public bool Touches(ToolCall call, RunGround ground) =>
        Subject switch
        {
            PermissionSubject.Tool => IsTool(call),
            PermissionSubject.Shell => call.Command is { } line
                && ShellParts.Of(line).Prepend(line.Trim()).Any(IsCommand),
            PermissionSubject.Path => call.Paths.Any(path => IsPath(ground.Named(path))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>All of the call is what the rule is about.</summary>
    public bool Covers(ToolCall call, RunGround ground) =>
        Subject switch
        {
            PermissionSubject.Tool => IsTool(call),
            PermissionSubject.Shell => call.Command is { } line
                && ShellParts.Of(line) is { Count: > 0 } parts
                && parts.TrueForAll(IsCommand),
            PermissionSubject.Path => call.Paths.Length > 0 && call.Paths.All(path => IsPath(ground.Named(path))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>A name has no blanks: what has some is a command whose <c>shell:</c> was forgotten.</summary>
    private static PermissionRule? OfTool(string name) =>
        name.Any(letter => char.IsWhiteSpace(letter) || letter == '/')
            ? null
            : new PermissionRule(PermissionSubject.Tool, name);

    private bool IsTool(ToolCall call) =>
        Wildcard.Matches(Pattern.ToLowerInvariant(), call.Tool.ToLowerInvariant(), Wildcard.Star.AnyText);

    private bool IsCommand(string command) => Wildcard.Matches(Pattern, command, Wildcard.Star.AnyText);

    private bool IsPath(string path) => Wildcard.Matches(Pattern, path, Wildcard.Star.WithinFolder);
}
