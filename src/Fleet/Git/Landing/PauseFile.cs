namespace Fleet.Git.Landing;

/// <summary>What became of a pause file.</summary>
internal abstract record PauseFileOutcome
{
    private PauseFileOutcome() { }

    internal sealed record Done : PauseFileOutcome;

    /// <summary>A file of that name is there that Fleet did not make; it stays as it is.</summary>
    internal sealed record NotOurs(string Path) : PauseFileOutcome;

    internal sealed record Refused(string Reason) : PauseFileOutcome;
}

/// <summary>
/// A file in the person's git directory while runs are alive: it tells the repository's own background automation
/// to keep off.
/// </summary>
internal static class PauseFile
{
    private const int LongestName = 100;

    // Git reads these: making one would change what git believes is going on.
    private static readonly string[] GitsOwn =
    [
        "config",
        "index",
        "packed-refs",
        "shallow",
        "description",
        "commondir",
        "gitdir",
        "locked",
        "MERGE_",
        "BISECT_",
        "REBASE_",
        "SQUASH_",
        "AUTO_MERGE",
        "sharedindex",
    ];

    public static PauseFileOutcome Set(string gitDirectory, string name, string home) =>
        Try(gitDirectory, name, path => Make(path, Content(home)));

    public static PauseFileOutcome Clear(string gitDirectory, string name, string home) =>
        Try(gitDirectory, name, path => Delete(path, Content(home)));

    private static string Content(string home) => $"fleet {home}\n";

    private static PauseFileOutcome Try(string gitDirectory, string name, Func<string, PauseFileOutcome> act)
    {
        if (WhyNot(name) is { } why)
        {
            return new PauseFileOutcome.Refused(why);
        }

        var path = Path.Combine(gitDirectory, name);
        try
        {
            return act(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PauseFileOutcome.Refused($"{path}: {error.Message}");
        }
    }

    private static PauseFileOutcome Make(string path, string content)
    {
        // Complete from the first moment, and never over another file: written aside, then moved in.
        var aside = $"{path}.fleet-{Guid.NewGuid():N}";
        try
        {
            File.WriteAllText(aside, content);
            File.Move(aside, path, overwrite: false);
            return new PauseFileOutcome.Done();
        }
        catch (IOException) when (Path.Exists(path))
        {
            return IsOurs(path, content) ? new PauseFileOutcome.Done() : new PauseFileOutcome.NotOurs(path);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private static PauseFileOutcome Delete(string path, string content)
    {
        if (!Path.Exists(path))
        {
            return new PauseFileOutcome.Done();
        }

        if (!IsOurs(path, content))
        {
            return new PauseFileOutcome.NotOurs(path);
        }

        File.Delete(path);
        return new PauseFileOutcome.Done();
    }

    private static bool IsOurs(string path, string content)
    {
        var file = new FileInfo(path);
        return file is { LinkTarget: null, Exists: true }
            && file.Length == content.Length
            && File.ReadAllText(path) == content;
    }

    private static string? WhyNot(string name)
    {
        var plain =
            name.Length is > 0 and <= LongestName
            && name is not ("." or "..")
            && !name.StartsWith('-')
            && name.All(letter => letter is not ('/' or '\\') && !char.IsControl(letter));
        if (!plain)
        {
            return $"worktrees.pause_file must be a plain file name of at most {LongestName} letters, without / or \\";
        }

        var isGits =
            name.EndsWith(".lock", StringComparison.OrdinalIgnoreCase)
            || name.Contains("HEAD", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("_EDITMSG", StringComparison.OrdinalIgnoreCase)
            || Array.Exists(GitsOwn, own => name.StartsWith(own, StringComparison.OrdinalIgnoreCase));
        return isGits ? $"worktrees.pause_file must not be {name}: git itself uses that name" : null;
    }
}
