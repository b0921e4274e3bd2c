namespace Fleet.Git;

/// <summary>
/// Deletes a directory tree that a coder wrote: links are removed, never followed; locked directories are opened.
/// </summary>
internal static class TreeRemoval
{
    private static readonly EnumerationOptions Every = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    public static void Remove(string path)
    {
        var entry = new FileInfo(path);
        if (entry.LinkTarget is not null || entry.Exists)
        {
            File.Delete(path);
        }
        else if (Directory.Exists(path))
        {
            RemoveTree(new DirectoryInfo(path));
        }
    }

    private static void RemoveTree(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            Unlock(folder);
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Gives the owner back the right to empty directories that were made read-only.</summary>
    private static void Unlock(DirectoryInfo folder)
    {
        folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var inner in folder.EnumerateDirectories("*", Every))
        {
            if (!inner.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                Unlock(inner);
            }
        }
    }
}
