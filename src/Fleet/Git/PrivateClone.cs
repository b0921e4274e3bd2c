using Fleet.Rules.Settings;

namespace Fleet.Git;

/// <summary>
/// A checkout with refs, config, stash and hooks of its own that borrows the hub's objects: what <c>git clone
/// --shared</c>
/// makes, written directly because one git process is quicker than five.
/// </summary>
internal sealed class PrivateClone(Hub hub, WorktreeRequest request)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Builds in <paramref name="aside"/>, notes it down in <paramref name="folder"/> and renames it in.
    /// </summary>
    public async Task<WorktreeNotes> Make(string aside, string folder)
    {
        var git = Path.Combine(aside, ".git");
        WriteGitDirectory(git);
        var checkout = GitCommand.Hub(git).WithWorkTree(aside).WithTimeout(Limit);
        (await checkout.Run("read-tree", "-m", "-u", request.Base.Sha)).Must("check out the base commit");
        var carried = CarriedFiles.Copy(request.CarryFrom, aside, request.Carry);
        File.WriteAllText(Path.Combine(git, "info/exclude"), CarriedFiles.Excludes(carried));
        var final = Path.Combine(request.Path, ".git");
        var notes = new WorktreeNotes(
            request.Path,
            request.Base,
            request.Branch,
            WorktreeKind.Clone,
            final,
            final,
            carried
        );
        notes.Write(folder, Path.Combine(git, "index"));
        Directory.Move(aside, request.Path);
        return notes;
    }

    private void WriteGitDirectory(string git)
    {
        var branch = Path.Combine(git, "refs/heads", request.Branch);
        var tracked = Path.Combine(git, "refs/remotes/origin", request.Trunk);
        string[] folders =
        [
            Path.Combine(git, "objects/info"),
            Path.Combine(git, "objects/pack"),
            Path.Combine(git, "refs/tags"),
            Path.Combine(git, "info"),
            Path.Combine(git, "hooks"),
            Path.GetDirectoryName(branch)!,
            Path.GetDirectoryName(tracked)!,
        ];
        foreach (var folder in folders)
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(Path.Combine(git, "HEAD"), $"ref: refs/heads/{request.Branch}\n");
        File.WriteAllText(Path.Combine(git, "config"), CloneConfig.Text(hub, request));
        File.WriteAllText(Path.Combine(git, "objects/info/alternates"), CoderObjects.Alternates(hub.Objects));
        File.WriteAllText(branch, $"{request.Base.Sha}\n");
        File.WriteAllText(tracked, $"{request.Base.Sha}\n");
    }
}
