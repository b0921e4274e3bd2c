namespace Fleet.Git;

/// <summary>
/// A coder's object store, made fit to be read: it may borrow from the hub and from nothing else.
/// </summary>
internal static class CoderObjects
{
    private const int MostEntries = 500_000;

    /// <summary>
    /// Null when the store may be read; else why not. A rewritten list of borrowed stores is replaced by Fleet's
    /// own, and a store with links in it is not read at all: both would let a coder import another repository's
    /// objects.
    /// </summary>
    public static string? MakeFit(string objects, string borrowed)
    {
        var info = Path.Combine(objects, "info");
        if (!CoderFiles.IsRealDirectory(Path.GetDirectoryName(objects)!) || !CoderFiles.IsRealDirectory(objects))
        {
            return "its object store is gone";
        }

        if (HasLinks(objects))
        {
            return "its object store holds links to elsewhere";
        }

        var wanted = Alternates(borrowed);
        var list = Path.Combine(info, "alternates");
        if (!string.Equals(CoderFiles.ReadText(list), wanted, StringComparison.Ordinal))
        {
            Directory.CreateDirectory(info);
            var fresh = Path.Combine(info, $"alternates.{Guid.NewGuid():N}");
            File.WriteAllText(fresh, wanted);
            File.Move(fresh, list, overwrite: true);
        }

        return null;
    }

    /// <summary>What <c>objects/info/alternates</c> must hold to borrow from one store.</summary>
    public static string Alternates(string borrowed) => $"{Quote(borrowed)}\n";

    /// <summary>A path as git wants it in a list of object stores, whatever characters it has.</summary>
    public static string Quote(string path)
    {
        if (path.AsSpan().IndexOfAny("\":\n\\#") < 0)
        {
            return path;
        }

        var inner = path.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        return $"\"{inner}\"";
    }

    private static bool HasLinks(string objects)
    {
        var every = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.None,
            IgnoreInaccessible = false,
        };
        var seen = 0;
        foreach (var entry in new DirectoryInfo(objects).EnumerateFileSystemInfos("*", every))
        {
            if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint) || ++seen > MostEntries)
            {
                return true;
            }
        }

        return false;
    }
}
