namespace Fleet.Git;

/// <summary>Finds out what a directory is, changing nothing in it.</summary>
internal static class RepositoryProbe
{
    /// <summary>Looks at a directory. Dirty, detached, mid-merge and mid-rebase checkouts are all fine.</summary>
    /// <param name="files">Also whether every file on trunk would be in a worktree.</param>
    public static async Task<ProbeOutcome> Look(string directory, string? wantedTrunk = null, bool files = true)
    {
        if (await GitVersion.Complaint() is { } complaint)
        {
            return new ProbeOutcome.NoGit(complaint);
        }

        if (!Directory.Exists(directory))
        {
            return new ProbeOutcome.NotARepository(directory);
        }

        try
        {
            return await LookInside(GitCommand.Person(directory), directory, wantedTrunk, files);
        }
        catch (GitFailedException failure)
        {
            return new ProbeOutcome.Unreadable(failure.Message);
        }
    }

    private static async Task<ProbeOutcome> LookInside(
        GitCommand git,
        string directory,
        string? wantedTrunk,
        bool files
    )
    {
        var basics = await git.Run(
            "rev-parse",
            "--is-bare-repository",
            "--is-shallow-repository",
            "--show-object-format",
            "--path-format=absolute",
            "--git-dir",
            "--git-common-dir"
        );
        if (!basics.Succeeded)
        {
            return Refusal(basics.Why, directory);
        }

        var lines = basics.Text.Split('\n');
        var place = await git.Run("rev-parse", "--path-format=absolute", "--show-toplevel", "--show-prefix");
        if (lines[0] == "true" || !place.Succeeded)
        {
            return new ProbeOutcome.Bare(directory);
        }

        if (await RepositoryLimits.Complaint(git, shallow: lines[1] == "true") is { } notSupported)
        {
            return notSupported;
        }

        var where = place.Text.Split('\n');
        var (root, prefix) = (where[0], where.Length > 1 ? where[1] : "");
        var found = await TrunkName.Find(GitCommand.Person(root), lines[3], wantedTrunk);
        if (found is not TrunkName.Outcome.Found(var trunk, var commit, var remote))
        {
            return found is TrunkName.Outcome.NoCommit
                ? new ProbeOutcome.NoCommitYet(root)
                : new ProbeOutcome.NoTrunk(((TrunkName.Outcome.Unclear)found).Why);
        }

        if (files && await RepositoryLimits.ComplaintAbout(GitCommand.Person(root), commit) is { } content)
        {
            return content;
        }

        var author = await AuthorOf(git);
        return new ProbeOutcome.Usable(
            new Repository(root, prefix, lines[3], lines[4], trunk, commit, remote, lines[2], author)
        );
    }

    private static async Task<Identity> AuthorOf(GitCommand git)
    {
        var name = git.Run("config", "--get", "user.name");
        var email = await git.Run("config", "--get", "user.email");
        return new Identity(
            (await name).Text is { Length: > 0 } known ? known : Identity.Unknown.Name,
            email.Text is { Length: > 0 } address ? address : Identity.Unknown.Email
        );
    }

    private static ProbeOutcome Refusal(string why, string directory) =>
        why switch
        {
            _ when why.Contains("dubious ownership", StringComparison.Ordinal) => new ProbeOutcome.NotOwned(why),
            _ when why.Contains("not a git repository", StringComparison.Ordinal) => new ProbeOutcome.NotARepository(
                directory
            ),
            _ when why.Contains("extension", StringComparison.Ordinal) => new ProbeOutcome.NotSupported(
                $"This repository uses a format that the git on PATH does not know: {why}",
                "Install a git that reads it (reftable needs 2.45), or convert it: git refs migrate --ref-format=files"
            ),
            _ => new ProbeOutcome.Unreadable(why),
        };
}
