namespace Fleet.Git.Landing;

/// <summary>One path that a landing changes. A blob of zeros and mode 000000 stand for "not there".</summary>
internal sealed record ChangedPath(string Path, string OldMode, string NewMode, string OldBlob, string NewBlob)
{
    public bool IsAdded => OldMode == "000000";

    public bool IsDeleted => NewMode == "000000";

    public ChangedPath Reversed => new(Path, NewMode, OldMode, NewBlob, OldBlob);
}

/// <summary>What a landing changes, path by path.</summary>
internal sealed record LandingDiff(string From, string To, IReadOnlyList<ChangedPath> Paths)
{
    public LandingDiff Reversed => new(To, From, [.. Paths.Select(path => path.Reversed)]);

    public static async Task<LandingDiff> Read(GitCommand git, string from, string to)
    {
        var outcome = await git.Run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", from, to);
        var fields = outcome
            .Must("compare the candidate with trunk")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var paths = new List<ChangedPath>();
        for (var i = 0; i + 1 < fields.Length; i += 2)
        {
            var words = fields[i].TrimStart(':').Split(' ');
            paths.Add(new ChangedPath(fields[i + 1], words[0], words[1], words[2], words[3]));
        }

        return new LandingDiff(from, to, paths);
    }

    /// <summary>The first of its paths that differs between the index there and that commit, or null. A file where the
    /// other has a directory differs too: git would delete what was staged inside it.</summary>
    public async Task<string?> FirstStaged(GitCommand git, string commit)
    {
        var outcome = await git.Run("diff-index", "--cached", "-z", "--name-only", "--no-renames", commit, "--");
        var staged = outcome.Must("compare the index").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var named = staged.ToHashSet(StringComparer.Ordinal);
        var directories = staged.SelectMany(Above).ToHashSet(StringComparer.Ordinal);
        return Paths
            .Select(path => path.Path)
            .FirstOrDefault(path =>
                named.Contains(path) || directories.Contains(path) || Above(path).Any(named.Contains)
            );
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var cut = path.IndexOf('/', StringComparison.Ordinal); cut > 0; cut = path.IndexOf('/', cut + 1))
        {
            yield return path[..cut];
        }
    }
}
