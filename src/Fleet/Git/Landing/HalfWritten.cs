namespace Fleet.Git.Landing;

/// <summary>
/// Puts back files that a step wrote before it broke (a full disk, a kill): the index never saw them, so to git they
/// look like a person's edits. Only for a checkout whose index still is at the step's beginning.
/// </summary>
internal static class HalfWritten
{
    public static async Task Restore(WorkingTree checkout, LandingDiff diff)
    {
        var listed = await checkout.Git.Run("diff-files", "-z", "--name-only", "--ignore-submodules");
        var dirty = listed.Must("compare files with the index").Split('\0').ToHashSet(StringComparer.Ordinal);
        var back = new List<string>();
        foreach (var path in diff.Paths)
        {
            var file = Path.Combine(checkout.Path, path.Path);
            if (path.IsAdded && await IsOfTheStep(checkout, diff, path.Path))
            {
                File.Delete(file);
            }
            else if (
                !path.IsAdded
                && dirty.Contains(path.Path)
                && (!Path.Exists(file) || await IsOfTheStep(checkout, diff, path.Path))
            )
            {
                back.Add(path.Path);
            }
        }

        var names = string.Concat(back.Select(path => $"{path}\0"));
        (await checkout.Git.WithInput(names).Run("checkout-index", "--force", "-u", "-z", "--stdin")).Must(
            "put half-written files back"
        );
    }

    // The content that the landing brings, or the beginning of it where the disk was full.
    private static async Task<bool> IsOfTheStep(WorkingTree checkout, LandingDiff diff, string path)
    {
        var file = new FileInfo(Path.Combine(checkout.Path, path));
        if ((int)file.Attributes == -1 || file.Attributes.HasFlag(FileAttributes.Directory))
        {
            return false;
        }

        var landing = await checkout.Git.Run("cat-file", "--filters", $"{diff.To}:{path}");
        if (landing is not GitOutcome.Ok(var content))
        {
            return false;
        }

        var there = file.LinkTarget is { } target
            ? System.Text.Encoding.UTF8.GetBytes(target)
            : await File.ReadAllBytesAsync(file.FullName);
        return content.Span.StartsWith(there);
    }
}
