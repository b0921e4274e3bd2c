namespace Fleet.Processes;

/// <summary>What ending orphans came to.</summary>
/// <param name="Kill">How the ladder ended.</param>
/// <param name="LostDirectories">The pieces that had no exit and are now recorded as lost.</param>
/// <param name="Unreadable">Records that could not be read or written: their processes may still run.</param>
internal sealed record OrphanReport(
    KillReport Kill,
    IReadOnlyList<string> LostDirectories,
    IReadOnlyList<string> Unreadable
);

/// <summary>
/// Ends what a dead keeper left running. Only for when no keeper lives: a living one writes the exits itself.
/// </summary>
internal static class OrphanRuns
{
    /// <summary>
    /// Ends every tree recorded in these directories and writes an exit for each piece that has none.
    /// </summary>
    internal static OrphanReport EndAll(IReadOnlyCollection<string> directories, KillPlan plan, DateTimeOffset at)
    {
        var found = RecordedTrees.Read(directories);
        var unreadable = new List<string>(found.Unreadable);
        var report = KillLadder.Climb(found.Trees, plan);
        var lost = new List<string>();
        foreach (var directory in directories)
        {
            try
            {
                if (RecordLoss(new PieceFiles(directory), at))
                {
                    lost.Add(directory);
                }
            }
            catch (Exception error) when (RecordedTrees.IsDamage(error))
            {
                unreadable.Add($"{directory}: {error.Message}");
            }
        }

        return new OrphanReport(report, lost, unreadable);
    }

    /// <summary>A half-made spawn is lost too: its process may have begun to work.</summary>
    private static bool RecordLoss(PieceFiles files, DateTimeOffset at)
    {
        if (files.Exit is not null || !PieceFiles.IsPiece(files.Directory))
        {
            return false;
        }

        files.Write(PieceExit.Lost(at));
        files.SyncExit();
        return true;
    }
}
