using System.Collections.Immutable;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>What a commit changes against the base of its run.</summary>
/// <param name="Embedded">Paths where it records another repository (a gitlink) in place of files.</param>
internal sealed record RunDifference(
    ImmutableArray<string> Paths,
    bool TouchesFleetFolder,
    ImmutableArray<string> Embedded
)
{
    public static readonly RunDifference None = new([], false, []);

    public static async Task<RunDifference> Between(Hub hub, Commit from, Commit to)
    {
        if (from == to)
        {
            return None;
        }

        var outcome = await hub.Git.Run("diff-tree", "-r", "-z", "--raw", "--no-renames", from.Sha, to.Sha);
        var parts = outcome.Must("compare with the base").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var changes = parts
            .Chunk(2)
            .Where(pair => pair.Length == 2)
            .Select(pair => (Modes: pair[0], Path: pair[1]))
            .ToList();
        return new RunDifference(
            [.. changes.Take(HarvestedWork.MostPaths).Select(change => change.Path)],
            changes.Exists(change => IsFleets(change.Path)),
            [.. changes.Where(change => change.Modes.Split(' ')[1] == "160000").Select(change => change.Path)]
        );
    }

    private static bool IsFleets(string path) =>
        path.StartsWith(".fleet/", StringComparison.OrdinalIgnoreCase)
        || path.Equals(".fleet", StringComparison.OrdinalIgnoreCase);
}
