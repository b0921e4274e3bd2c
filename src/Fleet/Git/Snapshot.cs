using System.Text;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>
/// Reads a worktree's files into the hub as a tree. Links are stored as links, the executable bit is kept, ignored
/// and carried files stay out. No filter can run: Fleet's own configuration names none, and the worktree's is not
/// in force.
/// </summary>
internal sealed class Snapshot(Hub hub, WorktreeNotes notes, string folder) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly string index = Path.Combine(folder, $"index.{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(index);

    /// <summary>Names that differ from the base; needs nothing of what the run committed.</summary>
    public async Task<IReadOnlyList<string>> Look()
    {
        if (!CoderFiles.IsRealDirectory(notes.Path))
        {
            return [];
        }

        await Load(notes.Base);
        return await new TreeListing(hub, notes.Path, index).Names();
    }

    /// <summary>
    /// The tree of what lies in the worktree, or null when that is exactly the commit's own tree.
    /// </summary>
    /// <param name="names">What <see cref="Look"/> saw.</param>
    /// <param name="head">The commit to compare with; it is in the hub.</param>
    /// <param name="committed">How that commit differs from the base.</param>
    public async Task<Tree?> Take(IReadOnlyList<string> names, Commit head, RunDifference committed)
    {
        if (!CoderFiles.IsRealDirectory(notes.Path) || IsCommitted(names, committed))
        {
            return null;
        }

        if (head != notes.Base)
        {
            await Load(head);
            names = await new TreeListing(hub, notes.Path, index).Names();
        }

        var listed = await new TreeListing(hub, notes.Path, index).Differences(names, committed.Embedded);
        var carried = notes.Carried.ToHashSet(StringComparer.Ordinal);
        var paths = listed.Where(path => !carried.Contains(path)).ToList();
        return paths.Count == 0 ? null : await Write(paths, head);
    }

    /// <summary>Whatever differs from the base is what was committed, and lies there as it was committed.</summary>
    private bool IsCommitted(IReadOnlyList<string> names, RunDifference committed) =>
        names.Count == committed.Files.Length
        && names.ToHashSet(StringComparer.Ordinal).SetEquals(committed.Files.Select(file => file.Path))
        && CommittedFiles.LieIn(notes.Path, committed.Files);

    private async Task Load(Commit head)
    {
        var made = WorktreeNotes.IndexIn(folder);
        var git = hub.Git.WithIndex(index);
        File.Delete(index);
        if (!File.Exists(made))
        {
            (await git.Run("read-tree", head.Sha)).Must("read the commit");
            return;
        }

        File.Copy(made, index);
        if (head != notes.Base)
        {
            // Entries that are the same in both keep what git knows about their files.
            (await git.Run("read-tree", "-i", "-m", head.Sha)).Must("read the commit");
            // Git takes entries as old as the index for doubtful and reads those files; the new index must not
            // look younger.
            File.SetLastWriteTimeUtc(index, File.GetLastWriteTimeUtc(made));
        }
    }

    private async Task<Tree?> Write(List<string> paths, Commit head)
    {
        var git = hub.Git.WithWorkTree(notes.Path).WithIndex(index).WithTimeout(Limit);
        var added = await git.WithInput(string.Concat(paths.Select(path => $"{path}\0")))
            .Run("update-index", "-z", "--add", "--remove", "--replace", "--stdin");
        if (!added.Succeeded)
        {
            await OneByOne(paths);
        }

        var before = hub.Git.Run("rev-parse", $"{head.Sha}^{{tree}}");
        var tree = (await git.Run("write-tree")).Must("write the tree");
        return string.Equals((await before).Text, tree, StringComparison.Ordinal) ? null : new Tree(tree);
    }

    /// <summary>
    /// The slow way for trees with something in them that git will not take: everything else is saved.
    /// </summary>
    private async Task OneByOne(List<string> paths)
    {
        var git = hub.Git.WithWorkTree(notes.Path).WithIndex(index);
        foreach (var path in paths)
        {
            if (!CoderFiles.IsPlainPath(notes.Path, path))
            {
                continue;
            }

            var one = git.WithInput($"{path}\0");
            var taken = await one.Run("update-index", "-z", "--add", "--remove", "--replace", "--stdin");
            if (!taken.Succeeded)
            {
                await AsBytes(git, path);
            }
        }
    }

    private async Task AsBytes(GitCommand git, string path)
    {
        using var file = CoderFiles.OpenRegular(Path.Combine(notes.Path, path));
        if (file is null)
        {
            return;
        }

        var content = new byte[RandomAccess.GetLength(file)];
        var count = RandomAccess.Read(file, content, fileOffset: 0);
        var written = await hub
            .Git.WithInput(content.AsMemory(0, count))
            .Run("hash-object", "-w", "--no-filters", "--stdin");
        var entry = Encoding.UTF8.GetBytes($"100644 {written.Must("store a file")}\t{path}\0");
        (await git.WithInput(entry).Run("update-index", "-z", "--replace", "--index-info")).Must("record a file");
    }
}
