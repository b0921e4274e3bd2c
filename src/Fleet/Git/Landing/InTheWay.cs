namespace Fleet.Git.Landing;

/// <summary>
/// Finds a person's files that are not on trunk and that a landing would replace. Git itself guards only files that
/// are not ignored: <c>read-tree -u</c> overwrites an ignored <c>.env</c> without a word.
/// </summary>
internal static class InTheWay
{
    /// <summary>A sentence about the first such path, or null.</summary>
    /// <remarks>What is on trunk and in the way is deleted by the same landing; whatever else lies there is the
    /// person's, also where the index knows of it.</remarks>
    public static string? Find(WorkingTree checkout, LandingDiff diff)
    {
        var deleted = diff.Paths.Where(path => path.IsDeleted).Select(path => path.Path);
        var expected = deleted.ToHashSet(StringComparer.Ordinal);
        return
            diff
                .Paths.Where(path => path.IsAdded)
                .SelectMany(path => Suspects(checkout.Path, path.Path))
                .FirstOrDefault(name => !expected.Contains(name))
                is { } first
            ? $"the untracked file {first} would be overwritten"
            : null;
    }

    // What lies where the path will be: a file there, a file or link where it needs a directory, or files inside it.
    private static IEnumerable<string> Suspects(string root, string path)
    {
        for (var cut = path.IndexOf('/', StringComparison.Ordinal); cut > 0; cut = path.IndexOf('/', cut + 1))
        {
            var parent = path[..cut];
            switch (Look(root, parent))
            {
                case Kind.Nothing:
                    return [];
                case Kind.File:
                    return [parent];
            }
        }

        return Look(root, path) switch
        {
            Kind.File => [path],
            Kind.Directory => FilesBelow(root, path),
            _ => [],
        };
    }

    private static IEnumerable<string> FilesBelow(string root, string path)
    {
        var everything = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.None,
            IgnoreInaccessible = false,
        };
        return new DirectoryInfo(Path.Combine(root, path))
            .EnumerateFileSystemInfos("*", everything)
            .Where(entry => KindOf(entry.Attributes) == Kind.File)
            .Select(entry => Path.GetRelativePath(root, entry.FullName));
    }

    private static Kind Look(string root, string path) => KindOf(new FileInfo(Path.Combine(root, path)).Attributes);

    // The attributes of what is missing are all ones; a link to a directory is still a link.
    private static Kind KindOf(FileAttributes attributes) =>
        (int)attributes == -1 ? Kind.Nothing
        : attributes.HasFlag(FileAttributes.ReparsePoint) ? Kind.File
        : attributes.HasFlag(FileAttributes.Directory) ? Kind.Directory
        : Kind.File;

    private enum Kind
    {
        Nothing,
        File,
        Directory,
    }
}
