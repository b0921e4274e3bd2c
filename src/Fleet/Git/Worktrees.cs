using Fleet.Rules;
using Fleet.Rules.Settings;

namespace Fleet.Git;

/// <summary>Makes and removes the checkouts that runs work in. Both may be asked for twice.</summary>
internal sealed class Worktrees(Hub hub, EpochClaim claim)
{
    /// <summary>
    /// Builds the worktree aside and renames it in, so that a half-made one is never mistaken for one.
    /// </summary>
    public async Task<WorktreeOutcome> Prepare(WorktreeRequest request)
    {
        try
        {
            var folder = hub.NotesOf(request.Path);
            if (Path.Exists(request.Path))
            {
                return WorktreeNotes.Read(folder) is { } notes && notes.Path == request.Path
                    ? new WorktreeOutcome.Ready(Describe(notes))
                    : new WorktreeOutcome.Occupied(request.Path);
            }

            return await Pin(request) switch
            {
                RefOutcome.Moved => new WorktreeOutcome.Ready(Describe(await Make(request, folder))),
                RefOutcome.StaleEpoch => new WorktreeOutcome.StaleEpoch(),
                RefOutcome.Changed => new WorktreeOutcome.Failed($"Run {request.Run} already stands on another base."),
                RefOutcome.Failed failed => new WorktreeOutcome.Failed(failed.Why),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (Exception error) when (error is GitFailedException or IOException or UnauthorizedAccessException)
        {
            return new WorktreeOutcome.Failed(error.Message);
        }
    }

    /// <summary>Removes the worktree once everything named is in the hub. Its saved work stays pinned.</summary>
    /// <param name="path">Where it is believed to be.</param>
    /// <param name="pinned">The commits that hold its work.</param>
    public async Task<RemovalOutcome> Remove(string path, params IEnumerable<Commit> pinned)
    {
        try
        {
            var folder = hub.NotesOf(path);
            if (WorktreeNotes.Read(folder) is not { } notes)
            {
                return Path.Exists(path) ? new RemovalOutcome.NotOurs(path) : new RemovalOutcome.Gone();
            }

            if (notes.Path != path)
            {
                return new RemovalOutcome.NotOurs(path);
            }

            if (!await EpochRef.Holds(hub, claim))
            {
                return new RemovalOutcome.StaleEpoch();
            }

            foreach (var commit in pinned)
            {
                if (!await hub.HasCommit(commit))
                {
                    return new RemovalOutcome.NotPinned(commit);
                }
            }

            if (notes.Kind == WorktreeKind.Linked)
            {
                await new LinkedWorktree(hub).Remove(notes);
            }

            TreeRemoval.Remove(path);
            Directory.Delete(folder, recursive: true);
            return new RemovalOutcome.Gone();
        }
        catch (Exception error) when (error is GitFailedException or IOException or UnauthorizedAccessException)
        {
            return new RemovalOutcome.Failed(error.Message);
        }
    }

    /// <summary>
    /// Removes what earlier daemons made and did not live to tell of: no run was ever started there.
    /// </summary>
    /// <param name="parent">The folder of this repository's worktrees.</param>
    /// <param name="named">The worktrees that the log names.</param>
    /// <returns>False when some are still there: a dead daemon's git may write for a moment yet.</returns>
    public async Task<bool> RemoveUntold(string parent, IReadOnlySet<string> named)
    {
        var found = Directory.Exists(parent) ? Directory.GetDirectories(parent) : [];
        var all = true;
        foreach (var path in found.Where(path => IsEarlier(path) && !named.Contains(path)))
        {
            all &= Path.GetFileName(path).StartsWith('.')
                ? RemoveDraft(path)
                : await Remove(path) is not RemovalOutcome.Failed;
        }

        return all;
    }

    private static bool RemoveDraft(string path)
    {
        try
        {
            TreeRemoval.Remove(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task<RefOutcome> Pin(WorktreeRequest request)
    {
        var name = FleetRefs.Base(request.Run);
        return await RefTransaction.Apply(hub, claim, new RefUpdate.Create(name, request.Base.Sha)) switch
        {
            RefOutcome.Changed => await RefTransaction.Apply(hub, claim, new RefUpdate.Verify(name, request.Base.Sha)),
            var outcome => outcome,
        };
    }

    private async Task<WorktreeNotes> Make(WorktreeRequest request, string folder)
    {
        var aside = WorktreePlace.Aside(request.Path);
        TreeRemoval.Remove(aside);
        Directory.CreateDirectory(Path.GetDirectoryName(request.Path)!);
        return request.Kind switch
        {
            WorktreeKind.Clone => await new PrivateClone(hub, request).Make(aside, folder),
            WorktreeKind.Linked => await new LinkedWorktree(hub).Make(request, aside, folder),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private bool IsEarlier(string path) =>
        WorktreePlace.TryParse(Path.GetFileName(path), out var place) && place.Epoch.Number < claim.Epoch.Number;

    private static Worktree Describe(WorktreeNotes notes) => new(notes.Path, notes.Branch, notes.Base, notes.Carried);
}
