namespace Fleet.Tests.Tidy;

/// <summary>The repository that these tests were built from, read once.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> NotOurs =
    [
        ".git",
        ".idea",
        ".vs",
        "artifacts",
        "bin",
        "node_modules",
        "obj",
    ];

    private static readonly HashSet<string> Texts =
    [
        "",
        ".cs",
        ".csproj",
        ".css",
        ".editorconfig",
        ".html",
        ".js",
        ".json",
        ".md",
        ".mjs",
        ".props",
        ".sh",
        ".slnx",
        ".targets",
        ".ts",
        ".txt",
        ".yaml",
        ".yml",
    ];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files { get; } = [.. Read(new DirectoryInfo(Root))];

    public static IEnumerable<SourceFile> CSharp => Files.Where(file => file.IsCSharp);

    public static SourceFile File(string path) => Files.Single(file => file.Path == path);

    /// <summary>The folders of the tree, relative to its root, that hold at least one text.</summary>
    public static IEnumerable<string> Folders =>
        Files.SelectMany(file => Ancestors(file.Path)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    private static IEnumerable<SourceFile> Read(DirectoryInfo folder) =>
        folder
            .EnumerateFiles()
            .Where(file => file.LinkTarget is null && Texts.Contains(file.Extension))
            .Select(file => new SourceFile(
                Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'),
                System.IO.File.ReadAllText(file.FullName)
            ))
            .Concat(folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name)).SelectMany(Read));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Fleet.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return folder.FullName;
    }
}
