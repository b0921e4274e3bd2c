using System.Collections.Immutable;
using System.Text;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>Files such as <c>.env</c> that a worktree needs and no commit may hold.</summary>
internal static class CarriedFiles
{
    /// <summary>
    /// Copies them in from the person's checkout; returns those that are there now. Links are not carried.
    /// </summary>
    public static ImmutableArray<string> Copy(string from, string worktree, IEnumerable<string> wanted)
    {
        var carried = ImmutableArray.CreateBuilder<string>();
        foreach (var path in wanted.Distinct(StringComparer.Ordinal))
        {
            if (Path.IsPathRooted(path) || path.Split('/').Any(step => step is "" or "." or ".." or ".git"))
            {
                throw new GitFailedException($"worktrees.carry: \"{path}\" is not a file inside the repository");
            }

            using var source = CoderFiles.IsPlainPath(from, path)
                ? CoderFiles.OpenRegular(Path.Combine(from, path))
                : null;
            var target = Path.Combine(worktree, path);
            // What the base commit holds is the repository's own and stays so.
            if (source is null || Path.Exists(target))
            {
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(from, path), target);
            carried.Add(path);
        }

        return carried.ToImmutable();
    }

    /// <summary>Lines for <c>info/exclude</c> that name exactly these files.</summary>
    public static string Excludes(IEnumerable<string> carried)
    {
        var lines = new StringBuilder();
        foreach (var path in carried)
        {
            lines.Append('/');
            foreach (var letter in path)
            {
                lines.Append(letter is '*' or '?' or '[' or '\\' or ' ' or '!' or '#' ? $"\\{letter}" : letter);
            }

            lines.Append('\n');
        }

        return lines.ToString();
    }

    /// <summary>
    /// The head itself, or, where a coder committed a carried file, one commit of the same work without it.
    /// </summary>
    public static async Task<Commit> Without(
        CommitImport import,
        WorktreeNotes notes,
        HarvestRequest request,
        Commit head
    )
    {
        if (notes.Carried.IsEmpty)
        {
            return head;
        }

        string[] ask = ["rev-list", "--max-count=1", "--full-history", head.Sha, $"^{notes.Base.Sha}", "--"];
        var specs = notes.Carried.Select(path => $":(top,literal){path}");
        var touching = (await import.Git.Run([.. ask, .. specs])).Must("look for carried files in the commits");
        if (touching.Length == 0)
        {
            return head;
        }

        var index = Path.GetTempFileName();
        File.Delete(index);
        try
        {
            var git = import.Git.WithIndex(index);
            (await git.Run("read-tree", head.Sha)).Must("read the commit");
            var gone = string.Concat(notes.Carried.Select(path => $"0 {new string('0', head.Sha.Length)}\t{path}\0"));
            (await git.WithInput(gone).Run("update-index", "-z", "--index-info")).Must("leave carried files out");
            var tree = (await git.Run("write-tree")).Must("write the tree");
            var commit = request.Author.Sign(git, request.At).WithInput($"{request.Message}\n");
            return new Commit(
                (await commit.Run("commit-tree", tree, "-p", notes.Base.Sha, "-F", "-")).Must("commit without them")
            );
        }
        finally
        {
            File.Delete(index);
        }
    }
}
