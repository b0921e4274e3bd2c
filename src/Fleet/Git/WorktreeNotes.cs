using System.Collections.Immutable;
using Fleet.Rules;
using Fleet.Rules.Settings;

namespace Fleet.Git;

/// <summary>
/// What Fleet itself wrote down about a worktree when it made it, kept in the hub: after a run, nothing inside the
/// worktree is believed about where it is, what it started from or what was carried into it.
/// </summary>
internal sealed record WorktreeNotes(
    string Path,
    Commit Base,
    string Branch,
    WorktreeKind Kind,
    string GitDirectory,
    string CommonDirectory,
    ImmutableArray<string> Carried
)
{
    private const string FileName = "worktree";

    public string Objects => System.IO.Path.Combine(CommonDirectory, "objects");

    /// <summary>
    /// The index as it was when the worktree was made: what has not changed since need not be read again.
    /// </summary>
    public static string IndexIn(string folder) => System.IO.Path.Combine(folder, "index");

    public static WorktreeNotes? Read(string folder)
    {
        var file = System.IO.Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            return null;
        }

        var parts = File.ReadAllText(file).Split('\0');
        return new WorktreeNotes(
            parts[0],
            new Commit(parts[1]),
            parts[2],
            Enum.Parse<WorktreeKind>(parts[3]),
            parts[4],
            parts[5],
            [.. parts[6..]]
        );
    }

    /// <summary>Written aside and renamed in, so that notes are whole or not there.</summary>
    public void Write(string folder, string index)
    {
        var making = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(making);
        // The copy keeps the time of the original, by which git knows which entries it may trust.
        File.Copy(index, IndexIn(making));
        string[] parts = [Path, Base.Sha, Branch, Kind.ToString(), GitDirectory, CommonDirectory, .. Carried];
        File.WriteAllText(System.IO.Path.Combine(making, FileName), string.Join('\0', parts));
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.Move(making, folder);
    }
}
