namespace Fleet.Rules.Agents;

/// <summary>Whether a run may make a tool call, and the rule that says so.</summary>
/// <remarks>
/// By default a run may edit its worktree and use a shell; pushing, Fleet's own files and other checkouts are denied.
/// The texts of a call are looked at, nothing more: until the sandbox exists, a shell can do what its text hides.
/// </remarks>
public sealed record Permission(bool Allowed, string By)
{
    private static readonly string[] Editing = ["edit", "write", "patch", "notebook"];

    /// <param name="input">The call as the coder gave it: JSON, or a command line.</param>
    /// <param name="target">The file that an edit names; none where the call names none.</param>
    /// <param name="ground">The paths that matter.</param>
    public static Permission Of(string tool, string input, string? target, RunGround ground)
    {
        if (IsEdit(tool) && target is not null && !ground.IsInWorktree(target))
        {
            return new Permission(false, "edits outside the worktree are denied");
        }

        var elsewhere = input.Replace(ground.Worktree, "", StringComparison.Ordinal);
        return elsewhere.Contains("git push", StringComparison.Ordinal) ? new Permission(false, "pushing is denied")
            : elsewhere.Contains(ground.Home, StringComparison.Ordinal)
                ? new Permission(false, "Fleet's own files are denied")
            : elsewhere.Contains(ground.Checkout, StringComparison.Ordinal)
                ? new Permission(false, "the person's own checkout is denied")
            : new Permission(true, IsEdit(tool) ? "edits in the worktree are allowed" : "tools are allowed");
    }

    private static bool IsEdit(string tool) =>
        Array.Exists(Editing, word => tool.Contains(word, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Where a run works, and what lies beside it.</summary>
/// <param name="Worktree">The run's own checkout.</param>
/// <param name="Home">The fleet's home.</param>
/// <param name="Checkout">The person's repository.</param>
public sealed record RunGround(string Worktree, string Home, string Checkout)
{
    /// <summary>Relative paths start in the worktree; <c>..</c> leads out of it.</summary>
    public bool IsInWorktree(string path) =>
        !path.Split('/').Contains("..", StringComparer.Ordinal)
        && (!path.StartsWith('/') || path.StartsWith($"{Worktree}/", StringComparison.Ordinal));
}
