using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Git;
using Fleet.Rules.Views;

namespace Fleet.Cli;

/// <summary>Checkouts that no run has, and notes about such, left where a daemon died.</summary>
internal static class StrayWorktrees
{
    /// <summary>
    /// What lies there now. It must be looked at before the status is read: a run that starts in between is live then.
    /// </summary>
    public static List<string> Folders(FleetHome home)
    {
        string[] notes = [.. Below(home.Hubs, "*.git", Hub.NotesName)];
        // A repository may have its worktrees elsewhere: the notes say where each one is.
        var elsewhere = notes.Select(note => WorktreeNotes.Read(note)?.Path).OfType<string>().Where(Directory.Exists);
        return [.. Below(home.Worktrees, "*", "").Union(elsewhere, StringComparer.Ordinal), .. notes];
    }

    /// <summary>Those that the record does not name, no live run may be making, and no later daemon made.</summary>
    public static IEnumerable<Litter> Of(IEnumerable<string> folders, FleetStatus status)
    {
        var named = status.Worktrees.Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        var live = status.LiveRuns.ToHashSet();
        return from folder in folders
            let name = Path.GetFileName(folder)
            where !named.Contains(name)
            where WorktreePlace.TryParse(name, out var place) && IsPast(place)
            select new Litter("worktree", folder, Litter.Size(folder), true, "no run has it");

        bool IsPast(WorktreePlace place) => !live.Contains(place.Run) && place.Epoch.Number <= status.Epoch;
    }

    private static IEnumerable<string> Below(string root, string pattern, string folder) =>
        Directory.Exists(root)
            ? Directory
                .EnumerateDirectories(root, pattern)
                .Select(repository => Path.Combine(repository, folder))
                .Where(Directory.Exists)
                .SelectMany(Directory.EnumerateDirectories)
                .Order(StringComparer.Ordinal)
            : [];
}
