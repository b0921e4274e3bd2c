using Fleet.Rules;

namespace Fleet.Git;

/// <summary>
/// The kinds of repository that are refused whole, because half of them would be missing in a worktree.
/// </summary>
internal static class RepositoryLimits
{
    /// <summary>What stands against the repository itself, or null.</summary>
    public static async Task<ProbeOutcome.NotSupported?> Complaint(GitCommand git, bool shallow)
    {
        if (shallow)
        {
            return new ProbeOutcome.NotSupported(
                "This clone is shallow: its history is cut off, and merging needs it.",
                "Fetch the rest: git fetch --unshallow"
            );
        }

        var partial = await git.Run("config", "--get-regexp", @"^(extensions\.partialclone|remote\..*\.promisor)$");
        return partial.Text.Length == 0
            ? null
            : new ProbeOutcome.NotSupported(
                "This is a partial clone: some of its objects are only on the server.",
                "Make a full clone next to it (git clone URL DIRECTORY) and use that one."
            );
    }

    /// <summary>What stands against the files on trunk, or null.</summary>
    public static async Task<ProbeOutcome.NotSupported?> ComplaintAbout(GitCommand git, Commit trunk)
    {
        var submodules = git.Run("cat-file", "-e", $"{trunk.Sha}:.gitmodules");
        var filters = await git.Run(
            "grep",
            "-h",
            "-I",
            "-E",
            @"[[:space:]]filter=[^[:space:]]",
            trunk.Sha,
            "--",
            ":(top,glob)**/.gitattributes"
        );
        if ((await submodules).Succeeded)
        {
            return new ProbeOutcome.NotSupported(
                "This repository has submodules; a worktree would be missing their files.",
                "Use Fleet inside the submodule's own repository, or bring its files into this one (git subtree)."
            );
        }

        if (!filters.Succeeded)
        {
            return null;
        }

        return filters.Text.Contains("filter=lfs", StringComparison.Ordinal)
            ? new ProbeOutcome.NotSupported(
                "This repository keeps files in Git LFS; a worktree would have pointers in their place.",
                "Use a repository without LFS for now."
            )
            : new ProbeOutcome.NotSupported(
                "This repository passes files through a filter (.gitattributes: filter=…), which Fleet never runs.",
                "Use a repository without such filters for now."
            );
    }
}
