namespace Fleet.Git.Landing;

/// <summary>
/// Finds files that a person deleted without staging it and that a landing changes: <c>read-tree -u</c> takes a
/// missing file for an unedited one and would write it again.
/// </summary>
internal static class Removed
{
    /// <summary>A sentence about the first such path, or null.</summary>
    public static async Task<string?> Find(WorkingTree checkout, LandingDiff diff)
    {
        var missing = diff
            .Paths.Where(path => !path.IsAdded && !IsThere(Path.Combine(checkout.Path, path.Path)))
            .Select(path => path.Path)
            .ToArray();
        if (missing.Length == 0)
        {
            return null;
        }

        // A sparse checkout leaves files out on purpose: marked S, and lower case s where also assumed unchanged.
        var listed = await checkout.Git.WithOutputLimit(256 * 1024 * 1024).Run("ls-files", "-v", "-z");
        var leftOut = listed
            .Must("list tracked files")
            .Split('\0')
            .Where(line => line is ['S' or 's', ' ', ..])
            .Select(line => line[2..])
            .ToHashSet(StringComparer.Ordinal);
        return Array.Find(missing, path => !leftOut.Contains(path)) is { } first
            ? $"{first} is deleted but not committed, and the landing changes it"
            : null;
    }

    private static bool IsThere(string path) => (int)new FileInfo(path).Attributes != -1;
}
