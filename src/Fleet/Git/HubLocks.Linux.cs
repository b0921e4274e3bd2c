namespace Fleet.Git;

/// <summary>
/// Clears what a killed git left behind in a hub, so that one bad moment does not block it for ever.
/// </summary>
internal static class HubLocks
{
    /// <summary>
    /// Removes lock files, unless a git process still works in that hub (Fleet starts every one of them there).
    /// For a daemon that has just taken over; returns how many it removed.
    /// </summary>
    public static int Clear(Hub hub)
    {
        if (IsInUse(hub))
        {
            return 0;
        }

        var refs = Path.Combine(hub.Path, "refs");
        var locks = Directory
            .EnumerateFiles(hub.Path, "*.lock")
            .Concat(Directory.EnumerateFiles(refs, "*.lock", SearchOption.AllDirectories))
            .ToList();
        locks.ForEach(File.Delete);
        return locks.Count;
    }

    private static bool IsInUse(Hub hub)
    {
        var place = new DirectoryInfo(hub.Path).FullName;
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(process)[0]))
            {
                continue;
            }

            try
            {
                if (File.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName == place)
                {
                    return true;
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or belongs to another user and so cannot be one of ours.
            }
        }

        return false;
    }
}
