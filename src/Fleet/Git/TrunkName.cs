using Fleet.Rules;

namespace Fleet.Git;

/// <summary>Which branch work lands on: the one named, else the remote's HEAD, else the current branch.</summary>
internal static class TrunkName
{
    internal abstract record Outcome
    {
        private Outcome() { }

        internal sealed record Found(string Branch, Commit Commit, Remote? Remote) : Outcome;

        internal sealed record NoCommit : Outcome;

        internal sealed record Unclear(string Why) : Outcome;
    }

    public static async Task<Outcome> Find(GitCommand git, string gitDirectory, string? wanted)
    {
        var current = await CurrentBranch(git, gitDirectory);
        var remotes = (await git.Run("remote")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var branch = wanted ?? await RemoteHead(git, remotes) ?? current;
        if (branch is null)
        {
            return new Outcome.Unclear("HEAD is detached and no remote names a main branch.");
        }

        var remote = await RemoteOf(git, branch, remotes);
        if (await Resolve(git, $"refs/heads/{branch}") is { } local)
        {
            return new Outcome.Found(branch, local, remote);
        }

        if (remote is not null && await Resolve(git, $"refs/remotes/{remote.Name}/{branch}") is { } tracked)
        {
            return new Outcome.Found(branch, tracked, remote);
        }

        return wanted is null && await Resolve(git, "HEAD") is null
            ? new Outcome.NoCommit()
            : new Outcome.Unclear($"There is no branch \"{branch}\" here.");
    }

    private static async Task<string?> CurrentBranch(GitCommand git, string gitDirectory)
    {
        var head = await git.Run("symbolic-ref", "--quiet", "HEAD");
        if (head.Succeeded)
        {
            return Short(head.Text);
        }

        // In the middle of a rebase HEAD is detached, but git notes which branch it will return to.
        foreach (var folder in (string[])["rebase-merge", "rebase-apply"])
        {
            var note = Path.Combine(gitDirectory, folder, "head-name");
            if (File.Exists(note) && (await File.ReadAllTextAsync(note)).Trim() is ['r', 'e', 'f', 's', ..] name)
            {
                return Short(name);
            }
        }

        return null;
    }

    private static async Task<string?> RemoteHead(GitCommand git, string[] remotes)
    {
        if (!remotes.Contains("origin", StringComparer.Ordinal))
        {
            return null;
        }

        var head = await git.Run("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD");
        const string before = "refs/remotes/origin/";
        return head.Text.StartsWith(before, StringComparison.Ordinal) ? head.Text[before.Length..] : null;
    }

    private static async Task<Remote?> RemoteOf(GitCommand git, string branch, string[] remotes)
    {
        var configured = (await git.Run("config", "--get", $"branch.{branch}.remote")).Text;
        var name =
            remotes.FirstOrDefault(remote => string.Equals(remote, configured, StringComparison.Ordinal))
            ?? remotes.FirstOrDefault(remote => remote is "origin")
            ?? (remotes.Length == 1 ? remotes[0] : null);
        return name is null
            ? null
            : new Remote(name, (await git.Run("remote", "get-url", "--", name)).Must($"read the address of {name}"));
    }

    private static async Task<Commit?> Resolve(GitCommand git, string name)
    {
        var outcome = await git.Run("rev-parse", "--verify", "--quiet", "--end-of-options", $"{name}^{{commit}}");
        return outcome.Succeeded ? new Commit(outcome.Text) : null;
    }

    private static string Short(string name) =>
        name.StartsWith("refs/heads/", StringComparison.Ordinal) ? name["refs/heads/".Length..] : name;
}
