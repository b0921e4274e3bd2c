namespace Fleet.Git;

/// <summary>
/// Lists what differs in a worktree, by git commands under the hub's configuration and an index of Fleet's own.
/// </summary>
internal sealed class TreeListing(Hub hub, string workTree, string index)
{
    private const int DeepestNesting = 4;
    private const int MostNested = 64;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Names that are new and not ignored, changed, or gone, compared with the index.</summary>
    public Task<IReadOnlyList<string>> Names() => List(workTree, index, ["-m", "-d"]);

    /// <summary>The same as paths of files: what is inside a nested repository in place of its name.</summary>
    public async Task<IReadOnlyList<string>> Differences(IReadOnlyList<string> names, IEnumerable<string> embedded)
    {
        var paths = new List<string>();
        var nested = new Queue<(string Path, int Depth)>(embedded.Select(path => (path, 1)));
        Sort(names, prefix: "", depth: 1, paths, nested);
        for (var seen = 0; nested.Count > 0 && seen < MostNested; seen++)
        {
            // A repository inside the tree is taken as the plain files it holds; its own git directory is left
            // alone.
            var (path, depth) = nested.Dequeue();
            var inside = Path.Combine(workTree, path);
            if (depth <= DeepestNesting && CoderFiles.IsRealDirectory(inside) && CoderFiles.IsPlainPath(workTree, path))
            {
                Sort(await List(inside, $"{index}.none", []), $"{path}/", depth + 1, paths, nested);
            }
        }

        return paths;
    }

    private static void Sort(
        IEnumerable<string> listed,
        string prefix,
        int depth,
        List<string> paths,
        Queue<(string, int)> nested
    )
    {
        foreach (var name in listed)
        {
            if (name.EndsWith('/'))
            {
                nested.Enqueue(($"{prefix}{name.TrimEnd('/')}", depth));
            }
            else
            {
                paths.Add($"{prefix}{name}");
            }
        }
    }

    private async Task<IReadOnlyList<string>> List(string tree, string against, string[] kinds)
    {
        var git = hub.Git.WithWorkTree(tree).WithIndex(against).WithTimeout(Limit);
        var outcome = await git.Run(["ls-files", "-z", "-o", "--exclude-standard", .. kinds], CancellationToken.None);
        return
        [
            .. outcome
                .Must("list the files of the worktree")
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.Ordinal),
        ];
    }
}
