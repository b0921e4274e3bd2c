using System.Text;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>Names in a worktree that differ from a commit.</summary>
internal sealed record SnapshotLook(Commit Head, IReadOnlyList<string> Names);

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

    /// <summary>
    /// What differs in the worktree from a commit; none where it is no directory any more.
    /// </summary>
    /// <param name="git">Git in the hub, which sees the commit there or in the coder's store.</param>
    public async Task<SnapshotLook?> Look(GitCommand git, Commit head)
    {
        if (!CoderFiles.IsRealDirectory(notes.Path))
        {
            return null;
        }

        await Load(git.WithIndex(index), head);
        return new SnapshotLook(head, await new TreeListing(hub, notes.Path, index).Names());
    }

    /// <summary>
    /// The tree of what lies in the worktree, or null when that is exactly the commit's own tree.
    /// </summary>
    /// <param name="look">How it differs from that commit, which is in the hub.</param>
    /// <param name="embedded">Where that commit records another repository in place of files.</param>
    public async Task<Tree?> Take(SnapshotLook look, IEnumerable<string> embedded)
    {
        var listed = await new TreeListing(hub, notes.Path, index).Differences(look.Names, embedded);
        var carried = notes.Carried.ToHashSet(StringComparer.Ordinal);
        var paths = listed.Where(path => !carried.Contains(path)).ToList();
        return paths.Count == 0 ? null : await Write(paths, look.Head);
    }

    private async Task Load(GitCommand git, Commit head)
    {
        var made = WorktreeNotes.IndexIn(folder);
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
