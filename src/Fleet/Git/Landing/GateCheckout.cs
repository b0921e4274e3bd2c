using Fleet.Rules;

namespace Fleet.Git.Landing;

/// <summary>What became of a checkout for gates.</summary>
internal abstract record GateCheckoutOutcome
{
    private GateCheckoutOutcome() { }

    internal sealed record Ready(string Path) : GateCheckoutOutcome;

    internal sealed record Failed(string Reason) : GateCheckoutOutcome;
}

/// <summary>
/// A fresh directory with exactly one tree in it, for gates to run in. It is a repository of its own (objects
/// borrowed from the hub, HEAD detached), because many test tools ask git.
/// </summary>
internal static class GateCheckout
{
    // Only a directory that bears this mark is ever deleted.
    private const string Mark = "fleet-gate";

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes it anew. What an earlier call left at that path goes first, if Fleet made it.</summary>
    public static async Task<GateCheckoutOutcome> Prepare(Hub hub, Commit commit, Tree tree, string path)
    {
        try
        {
            if (Remove(path) is { } why)
            {
                return new GateCheckoutOutcome.Failed(why);
            }

            WriteGitDirectory(hub, commit, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new GateCheckoutOutcome.Failed($"{path} could not be made: {error.Message}");
        }

        var filled = await GitCommand
            .Hub(Path.Combine(path, ".git"))
            .WithWorkTree(path)
            .Run("read-tree", "-m", "-u", tree.Sha);
        return filled.Succeeded
            ? new GateCheckoutOutcome.Ready(path)
            : new GateCheckoutOutcome.Failed($"{path} could not be filled with {tree}: {filled.Why}");
    }

    /// <summary>
    /// Is every file there, and nothing else, ignored or not? Asks the hub, not what lies in the path.
    /// </summary>
    public static async Task<bool> Verify(Hub hub, Tree tree, string path)
    {
        var index = Path.Combine(Path.GetTempPath(), $"fleet-verify-{Guid.NewGuid():N}");
        var git = hub.Git.WithConfig("core.bare", "false").WithWorkTree(path).WithIndex(index);
        try
        {
            (await git.Run("read-tree", tree.Sha)).Must("read the tree");
            var refreshed = await git.Run("update-index", "-q", "--refresh");
            var changed = await git.Run("diff-files", "--name-only", "-z");
            var others = await git.Run("ls-files", "--others", "-z");
            return refreshed.Succeeded && changed.Must("compare").Length == 0 && others.Must("list").Length == 0;
        }
        finally
        {
            File.Delete(index);
        }
    }

    /// <summary>Deletes a gate checkout and says why where it could not; links are removed, never followed.</summary>
    public static string? Remove(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? $"{path} is a file, not a gate checkout" : null;
        }

        var git = Path.Combine(path, ".git");
        var ours = File.Exists(Path.Combine(git, Mark)) || !Directory.EnumerateFileSystemEntries(path).Any();
        if (!ours)
        {
            return $"{path} was not made by Fleet, so it stays: move it away";
        }

        try
        {
            // Aside first: a half-deleted directory never stands where a checkout is expected.
            var aside = $"{path}.gone-{Guid.NewGuid():N}";
            Directory.Move(path, aside);
            Delete(aside);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{path} could not be removed: {error.Message}";
        }
    }

    private static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // A gate may leave directories without write permission.
            var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
            foreach (var folder in Directory.EnumerateDirectories(path, "*", all).Prepend(path))
            {
                new DirectoryInfo(folder).UnixFileMode |= Owner;
            }

            Directory.Delete(path, recursive: true);
        }
    }

    private static void WriteGitDirectory(Hub hub, Commit commit, string path)
    {
        var git = Path.Combine(path, ".git");
        Directory.CreateDirectory(Path.Combine(git, "objects", "info"));
        Directory.CreateDirectory(Path.Combine(git, "refs"));
        File.WriteAllText(Path.Combine(git, Mark), "");
        File.WriteAllText(Path.Combine(git, "objects", "info", "alternates"), $"{hub.Objects}\n");
        var sha256 = commit.Sha.Length == 64;
        File.WriteAllText(
            Path.Combine(git, "config"),
            $"[core]\n\trepositoryformatversion = {(sha256 ? 1 : 0)}\n\tfilemode = true\n\tbare = false\n"
                + (sha256 ? "[extensions]\n\tobjectFormat = sha256\n" : "")
        );
        File.WriteAllText(Path.Combine(git, "HEAD"), $"{commit.Sha}\n");
    }
}
