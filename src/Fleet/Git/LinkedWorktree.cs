using System.Collections.Concurrent;
using Fleet.Rules.Settings;

namespace Fleet.Git;

/// <summary>
/// The option <c>worktrees.kind: linked</c>: checkouts that share one git directory. That directory is not the hub but a
/// repository next to it that borrows the hub's objects: whoever works in a linked worktree can write its git directory.
/// </summary>
internal sealed class LinkedWorktree(Hub hub)
{
    // Two `git worktree add` at once fail now and then: each reads what the other is still writing.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Turns = new(StringComparer.Ordinal);

    private string Shared => $"{hub.Path[..^".git".Length]}.linked.git";

    public async Task<WorktreeNotes> Make(WorktreeRequest request, string folder)
    {
        var turn = Turns.GetOrAdd(Shared, _ => new SemaphoreSlim(1));
        await turn.WaitAsync();
        try
        {
            return await MakeInTurn(request, folder);
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task Remove(WorktreeNotes notes)
    {
        var turn = Turns.GetOrAdd(Shared, _ => new SemaphoreSlim(1));
        await turn.WaitAsync();
        try
        {
            TreeRemoval.Remove(notes.GitDirectory);
            await DropBranch(notes.Branch);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<WorktreeNotes> MakeInTurn(WorktreeRequest request, string folder)
    {
        Open(request);
        var name = request.Run.ToString();
        var own = Path.Combine(Shared, "worktrees", name);
        // What a crash left of an earlier attempt at this very worktree.
        TreeRemoval.Remove(own);
        var branch = await FreeBranch(request);
        Directory.CreateDirectory(own);
        var aside = Directory.CreateDirectory($"{request.Path}.making").FullName;
        File.WriteAllText(Path.Combine(own, "HEAD"), $"ref: refs/heads/{branch}\n");
        File.WriteAllText(Path.Combine(own, "commondir"), "../..\n");
        File.WriteAllText(Path.Combine(own, "gitdir"), $"{Path.Combine(request.Path, ".git")}\n");
        File.WriteAllText(Path.Combine(aside, ".git"), $"gitdir: {own}\n");
        var refs =
            $"update refs/heads/{branch} {request.Base}\nupdate refs/remotes/origin/{request.Trunk} {request.Base}\n";
        (await GitCommand.Hub(Shared).WithInput(refs).Run("update-ref", "--stdin")).Must("make the branch");
        var checkout = GitCommand.Hub(own).WithWorkTree(aside);
        (await checkout.Run("read-tree", "-m", "-u", request.Base.Sha)).Must("check out the base commit");
        var carried = CarriedFiles.Copy(request.CarryFrom, aside, request.Carry);
        AddExcludes(CarriedFiles.Excludes(carried));
        var notes = new WorktreeNotes(request.Path, request.Base, branch, WorktreeKind.Linked, own, Shared, carried);
        notes.Write(folder, Path.Combine(own, "index"));
        Directory.Move(aside, request.Path);
        return notes;
    }

    private void Open(WorktreeRequest request)
    {
        if (Directory.Exists(Shared))
        {
            return;
        }

        var building = $"{Shared}.{Guid.NewGuid():N}";
        foreach (var part in (string[])["objects/info", "objects/pack", "refs/heads", "info", "worktrees"])
        {
            Directory.CreateDirectory(Path.Combine(building, part));
        }

        File.WriteAllText(Path.Combine(building, "HEAD"), "ref: refs/heads/none\n");
        File.WriteAllText(
            Path.Combine(building, "config"),
            CloneConfig.Text(hub, request).Replace("bare = false", "bare = true", StringComparison.Ordinal)
        );
        File.WriteAllText(Path.Combine(building, "objects/info/alternates"), CoderObjects.Alternates(hub.Objects));
        Directory.Move(building, Shared);
    }

    /// <summary>The wanted name, or one with the run's number when an earlier run of the task still holds it.</summary>
    private async Task<string> FreeBranch(WorktreeRequest request)
    {
        var taken = await GitCommand.Hub(Shared).Run("show-ref", "--verify", "--quiet", $"refs/heads/{request.Branch}");
        return taken.Succeeded ? $"{request.Branch}-{request.Run.Number}" : request.Branch;
    }

    private async Task DropBranch(string branch)
    {
        // Its commits are pinned in the hub; here the name would only be in the way of the next run.
        await GitCommand.Hub(Shared).Run("update-ref", "-d", $"refs/heads/{branch}");
    }

    private void AddExcludes(string lines)
    {
        var file = Path.Combine(Shared, "info/exclude");
        var present = File.Exists(file) ? File.ReadAllLines(file) : [];
        var missing = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(present, StringComparer.Ordinal);
        File.AppendAllLines(file, missing);
    }
}
