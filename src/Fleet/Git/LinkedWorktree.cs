using System.Collections.Concurrent;
using Fleet.Rules.Settings;

namespace Fleet.Git;

/// <summary>
/// The option <c>worktrees.kind: linked</c>: checkouts that share one git directory. That directory is not the hub
/// but a repository next to it that borrows the hub's objects: whoever works in a linked worktree can write its
/// git directory. So Fleet writes its few files itself and runs no git there.
/// </summary>
internal sealed class LinkedWorktree(Hub hub)
{
    // Two `git worktree add` at once fail now and then: each reads what the other is still writing.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Turns = new(StringComparer.Ordinal);

    private const int MostPacked = 16 * 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private string Shared => $"{hub.Path[..^".git".Length]}.linked.git";

    public async Task<WorktreeNotes> Make(WorktreeRequest request, string aside, string folder)
    {
        var turn = Turns.GetOrAdd(Shared, _ => new SemaphoreSlim(1));
        await turn.WaitAsync();
        try
        {
            return await MakeInTurn(request, aside, folder);
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
            MustBePlain(Path.GetRelativePath(Shared, notes.GitDirectory));
            TreeRemoval.Remove(notes.GitDirectory);
            // Its commits are pinned in the hub; here the name would only be in the way of the next run.
            MustBePlain($"refs/heads/{notes.Branch}");
            TreeRemoval.Remove(Path.Combine(Shared, "refs/heads", notes.Branch));
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<WorktreeNotes> MakeInTurn(WorktreeRequest request, string aside, string folder)
    {
        Open(request);
        var own = Path.Combine(Shared, "worktrees", Path.GetFileName(request.Path));
        // What a crash left of an earlier attempt at this very worktree.
        TreeRemoval.Remove(own);
        Directory.CreateDirectory(own);
        Directory.CreateDirectory(aside);
        var branch = MakeBranch(request);
        File.WriteAllText(Path.Combine(own, "HEAD"), $"ref: refs/heads/{branch}\n");
        File.WriteAllText(Path.Combine(own, "commondir"), "../..\n");
        File.WriteAllText(Path.Combine(own, "gitdir"), $"{Path.Combine(request.Path, ".git")}\n");
        File.WriteAllText(Path.Combine(aside, ".git"), $"gitdir: {own}\n");
        var index = Path.Combine(own, "index");
        // By the hub's configuration: the shared one is written by coders and could name a filter.
        var checkout = hub.Git.WithWorkTree(aside).WithIndex(index).WithTimeout(Limit);
        (await checkout.Run("read-tree", "-m", "-u", request.Base.Sha)).Must("check out the base commit");
        var carried = CarriedFiles.Copy(request.CarryFrom, aside, request.Carry);
        AddExcludes(CarriedFiles.Excludes(carried));
        var notes = new WorktreeNotes(request.Path, request.Base, branch, WorktreeKind.Linked, own, Shared, carried);
        notes.Write(folder, index);
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

    /// <summary>
    /// Under the wanted name, or one with the run's number when another run of the task holds it, or with the
    /// worktree's own. One that exists is never overwritten: it may be the branch of a run that lives.
    /// </summary>
    private string MakeBranch(WorktreeRequest request)
    {
        WriteRef($"refs/remotes/origin/{request.Trunk}", request.Base.Sha, overwrite: true);
        var packed = CoderFiles.ReadText(Path.Combine(Shared, "packed-refs"), MostPacked) ?? "";
        string[] ends = ["", $"-{request.Run.Number}", $"-{Path.GetFileName(request.Path)}"];
        return ends.Select(end => $"{request.Branch}{end}").FirstOrDefault(IsMade)
            ?? throw new GitFailedException($"the branch {request.Branch} is taken, under every name it may have");

        bool IsMade(string branch) =>
            !packed.Contains($" refs/heads/{branch}\n", StringComparison.Ordinal)
            && WriteRef($"refs/heads/{branch}", request.Base.Sha, overwrite: false);
    }

    /// <summary>False when it exists already and may not be overwritten.</summary>
    private bool WriteRef(string name, string sha, bool overwrite)
    {
        var path = Path.Combine(Shared, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        MustBePlain(name);
        var fresh = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllText(fresh, $"{sha}\n");
        try
        {
            File.Move(fresh, path, overwrite);
            return true;
        }
        catch (IOException) when (!overwrite && Path.Exists(path))
        {
            File.Delete(fresh);
            return false;
        }
    }

    private void MustBePlain(string name)
    {
        if (!CoderFiles.IsPlainPath(Shared, name))
        {
            throw new GitFailedException($"{Path.Combine(Shared, name)} leads out of its repository through a link");
        }
    }

    private void AddExcludes(string lines)
    {
        var file = Path.Combine(Shared, "info/exclude");
        var present = File.Exists(file) ? File.ReadAllLines(file) : [];
        var missing = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(present, StringComparer.Ordinal);
        File.AppendAllLines(file, missing);
    }
}
