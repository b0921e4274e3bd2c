using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>The home's own bare copy of one repository; only the daemon writes it.</summary>
internal sealed record Hub(RepositoryName Name, string Path)
{
    /// <summary>The folder of notes about worktrees.</summary>
    public const string NotesName = "fleet";

    public string Objects => System.IO.Path.Combine(Path, "objects");

    /// <summary>Fleet's own notes about one worktree, where no coder looks.</summary>
    /// <param name="worktree">The worktree's path.</param>
    public string NotesOf(string worktree) =>
        System.IO.Path.Combine(Path, NotesName, System.IO.Path.GetFileName(worktree));

    /// <summary>
    /// Held while a landing brings a person's checkout along; none while another daemon of this home does.
    /// </summary>
    public FileLock? TryLand() => FileLock.TryTake(System.IO.Path.Combine(Path, "fleet", "landing.lock"));

    public GitCommand Git => GitCommand.Hub(Path);

    /// <summary>What a ref points to, or null.</summary>
    public async Task<string?> Read(string name)
    {
        if (RefFiles.Read(Path, name) is var answer and not RefAnswer.Unclear)
        {
            return (answer as RefAnswer.At)?.Sha;
        }

        var outcome = await Git.Run("rev-parse", "--verify", "--quiet", "--end-of-options", name);
        return outcome.Succeeded ? outcome.Text : null;
    }

    public async Task<bool> HasCommit(Commit commit)
    {
        if (CommitObject.FromFile(this, commit) is not null)
        {
            return true;
        }

        var outcome = await Git.Run("cat-file", "-e", $"{commit.Sha}^{{commit}}");
        return outcome.Succeeded;
    }
}
