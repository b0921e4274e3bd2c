namespace Fleet.Processes;

/// <summary>What a full stop came to.</summary>
/// <param name="Pieces">Directories of pieces that were looked at.</param>
/// <param name="Kill">How many processes were ended, and the ids of any that remain.</param>
/// <param name="HaltFailure">Why new starts could not be forbidden; null when they are.</param>
/// <param name="Unreadable">Records that could not be read: their processes may still run.</param>
internal sealed record StopReport(int Pieces, KillReport Kill, string? HaltFailure, IReadOnlyList<string> Unreadable);

/// <summary>
/// Ends every process of every piece from the records alone, so that it works while daemon and keeper
/// hang, are stopped or dead. New starts are forbidden first.
/// </summary>
internal static class StopEverything
{
    private const int Depth = 5;

    /// <summary>The roots hold directories of pieces and little else: they are walked.</summary>
    internal static StopReport Now(string home, IReadOnlyList<string> roots, string who, string why, DateTimeOffset at)
    {
        var failure = Halt.Place(home, who, why, at);
        var directories = PieceDirectories(roots);
        var found = RecordedTrees.Read(directories);
        var report = KillLadder.Climb(found.Trees, KillPlan.Now);
        return new StopReport(directories.Count, report, failure, found.Unreadable);
    }

    /// <summary>The directories of pieces at or below these roots.</summary>
    internal static List<string> PieceDirectories(IReadOnlyList<string> roots)
    {
        var found = new List<string>();
        foreach (var root in roots)
        {
            if (Directory.Exists(root))
            {
                Collect(root, Depth, found);
            }
        }

        return found;
    }

    private static void Collect(string directory, int depth, List<string> found)
    {
        if (PieceFiles.IsPiece(directory))
        {
            found.Add(directory);
            return;
        }

        if (depth == 0)
        {
            return;
        }

        foreach (var below in Directory.EnumerateDirectories(directory))
        {
            // A link could lead out of the home, or round in a circle.
            if (!File.GetAttributes(below).HasFlag(FileAttributes.ReparsePoint))
            {
                Collect(below, depth - 1, found);
            }
        }
    }
}
