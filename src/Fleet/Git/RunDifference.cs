using System.Collections.Immutable;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>What a commit changes against the base of its run.</summary>
internal sealed record RunDifference(ImmutableArray<ChangedFile> Files)
{
    public static readonly RunDifference None = new([]);

    /// <summary>As many paths as are recorded.</summary>
    public ImmutableArray<string> Paths => [.. Files.Take(HarvestedWork.MostPaths).Select(file => file.Path)];

    public bool TouchesFleetFolder => Files.Any(file => IsFleets(file.Path));

    /// <summary>Paths where it records another repository (a gitlink) in place of files.</summary>
    public IEnumerable<string> Embedded =>
        Files.Where(file => file.Mode == ChangedFile.Embedded).Select(file => file.Path);

    public static async Task<RunDifference> Between(Hub hub, Commit from, Commit to)
    {
        if (from == to)
        {
            return None;
        }

        var outcome = await hub.Git.Run("diff-tree", "-r", "-z", "--raw", "--no-renames", from.Sha, to.Sha);
        var parts = outcome.Must("compare with the base").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        // ":old-mode new-mode old-object new-object status", then the path.
        return new RunDifference([
            .. parts
                .Chunk(2)
                .Where(pair => pair.Length == 2)
                .Select(pair => (Fields: pair[0].Split(' '), Path: pair[1]))
                .Select(change => new ChangedFile(change.Path, change.Fields[1], change.Fields[3])),
        ]);
    }

    private static bool IsFleets(string path) =>
        path.StartsWith(".fleet/", StringComparison.OrdinalIgnoreCase)
        || path.Equals(".fleet", StringComparison.OrdinalIgnoreCase);
}
