namespace Fleet.Git.Landing;

/// <summary>Finds every working tree of a person's repository.</summary>
internal static class WorkingTrees
{
    /// <param name="Found">Those whose files can be reached now.</param>
    /// <param name="Away">Paths of locked linked worktrees that are not there, on a drive put away for example.</param>
    internal sealed record Listing(IReadOnlyList<WorkingTree> Found, IReadOnlyList<string> Away);

    public static async Task<Listing> Find(Repository repository, string trunk)
    {
        var listed = (await repository.Git.Run("worktree", "list", "--porcelain", "-z")).Must("list worktrees");
        var found = new List<WorkingTree>();
        var away = new List<string>();
        var records = listed.Split("\0\0", StringSplitOptions.RemoveEmptyEntries);
        foreach (var record in records)
        {
            var fields = record.Split('\0', StringSplitOptions.RemoveEmptyEntries);
            var branch = Value(fields, "branch");
            if (Locate(repository, Value(fields, "worktree")!, isMain: record == records[0]) is var (path, directory))
            {
                found.Add(new WorkingTree(path, directory, branch));
            }
            else if (
                branch == trunk
                && Array.Exists(fields, field => field.StartsWith("locked", StringComparison.Ordinal))
            )
            {
                away.Add(Value(fields, "worktree")!);
            }
        }

        return new Listing(found, away);
    }

    private static string? Value(string[] fields, string name) =>
        Array.Find(fields, field => field.StartsWith($"{name} ", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static (string Path, string GitDirectory)? Locate(Repository repository, string path, bool isMain)
    {
        // Git names the git directory instead where it lies apart from the files (a submodule, --separate-git-dir).
        var apart = isMain && repository.GitDirectory == repository.CommonDirectory;
        var dot = Path.Combine(path, ".git");
        if (apart && !Path.Exists(dot))
        {
            return (repository.Root, repository.GitDirectory);
        }

        if (Directory.Exists(dot))
        {
            return (path, dot);
        }

        const string Pointer = "gitdir: ";
        var text = File.Exists(dot) ? File.ReadAllText(dot).TrimEnd('\n') : "";
        return text.StartsWith(Pointer, StringComparison.Ordinal)
            ? (path, Path.GetFullPath(text[Pointer.Length..], path))
            : null;
    }
}
