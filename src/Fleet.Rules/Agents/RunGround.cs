namespace Fleet.Rules.Agents;

/// <summary>Where a run works, and what lies beside it.</summary>
/// <param name="Worktree">The run's own checkout.</param>
/// <param name="Home">The fleet's home.</param>
/// <param name="Checkout">The person's repository.</param>
/// <param name="TaskDirectory">The task's own directory in the home, which its runs write.</param>
public sealed record RunGround(string Worktree, string Home, string Checkout, string TaskDirectory)
{
    /// <summary>Relative paths start in the worktree; <c>..</c> leads out of it.</summary>
    public bool IsInWorktree(string path) => !Leaves(path) && (!path.StartsWith('/') || IsBelow(path, Worktree));

    public bool IsInTaskDirectory(string path) => !Leaves(path) && IsBelow(path, TaskDirectory);

    /// <summary>As a rule names it: from the worktree where it lies there.</summary>
    public string Named(string path) => IsBelow(path, Worktree) ? path[(Worktree.Length + 1)..] : path;

    /// <summary>A text without the places that a run may name.</summary>
    public string Elsewhere(string text) =>
        text.Replace(Worktree, "\0", StringComparison.Ordinal).Replace(TaskDirectory, "\0", StringComparison.Ordinal);

    private static bool Leaves(string path) => path.Split('/').Contains("..", StringComparer.Ordinal);

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length && path[folder.Length] == '/';
}
