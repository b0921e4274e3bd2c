using Fleet.Rules;

namespace Fleet.Git;

/// <summary>
/// Saves a run's work after it ended, whatever ended it: commits and dirty tree go into the hub under one ref.
/// Asked twice, it gives the same answer.
/// </summary>
internal static class Harvest
{
    public static async Task<HarvestOutcome> Save(Hub hub, EpochClaim claim, HarvestRequest request)
    {
        try
        {
            var folder = request.Worktree is { } worktree ? hub.NotesOf(worktree) : null;
            var earlier = await KeptWork.Read(hub, request.Run);
            return (folder is null ? null : WorktreeNotes.Read(folder), earlier) switch
            {
                (null, null) => new HarvestOutcome.Unknown(request.Run),
                (null, var (@base, kept)) => new HarvestOutcome.Saved(await KeptWork.Describe(hub, @base, kept)),
                (var notes, _) => await new Saving(hub, claim, request, notes, folder!).Run(earlier?.Kept),
            };
        }
        catch (Exception error) when (error is GitFailedException or IOException or UnauthorizedAccessException)
        {
            return new HarvestOutcome.Failed(error.Message);
        }
    }

    /// <summary>One saving, step by step.</summary>
    private sealed class Saving(Hub hub, EpochClaim claim, HarvestRequest request, WorktreeNotes notes, string folder)
    {
        public async Task<HarvestOutcome> Run(KeptWork.Pins? earlier)
        {
            var (head, others, damage) = await BringCommits();
            var committed = await RunDifference.Between(hub, notes.Base, head);
            var tree = await new Snapshot(hub, notes, folder).Take(head, committed.Embedded);
            var snapshot = tree is { } dirty ? await Commit(dirty, head, earlier) : (Commit?)null;
            var kept = await Tie(snapshot ?? head, others, earlier);
            var difference = snapshot is { } top
                ? RunDifference.Between(hub, notes.Base, top)
                : Task.FromResult(committed);
            var pins = new KeptWork.Pins(head, kept);
            return await KeptWork.Pin(hub, claim, request.Run, earlier, pins) switch
            {
                RefOutcome.Moved => new HarvestOutcome.Saved(
                    KeptWork.Compose(notes.Base, head, snapshot, kept, await difference, damage)
                ),
                RefOutcome.StaleEpoch => new HarvestOutcome.StaleEpoch(),
                RefOutcome.Changed changed => new HarvestOutcome.Failed($"{changed.Name} moved during the harvest."),
                RefOutcome.Failed failed => new HarvestOutcome.Failed(failed.Why),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }

        private async Task<(Commit Head, IReadOnlyList<string> Others, string? Damage)> BringCommits()
        {
            var tips = CoderTips.Read(notes.GitDirectory, notes.CommonDirectory);
            var head = tips.Head ?? notes.Base.Sha;
            var others = tips.Others.Where(tip => tip != notes.Base.Sha).ToList();
            var damage = tips.Head is null ? "its HEAD names no commit" : null;
            if (head == notes.Base.Sha && others.Count == 0)
            {
                return (notes.Base, [], damage);
            }

            if (CoderObjects.MakeFit(notes.Objects, hub.Objects) is { } unfit)
            {
                return (notes.Base, [], unfit);
            }

            var import = new CommitImport(hub, notes.Objects);
            if (others.Count == 0 && notes.Carried.IsEmpty && await import.Bring([head], [notes.Base.Sha]) is null)
            {
                return (new Commit(head), [], damage);
            }

            var found = await import.Commits([head, .. others]);
            others = [.. others.Where(found.Contains)];
            string[] known = [notes.Base.Sha];
            if (found.Contains(head))
            {
                var clean = await CarriedFiles.Without(import, notes, request, new Commit(head));
                for (var i = 0; i < others.Count; i++)
                {
                    others[i] = (await CarriedFiles.Without(import, notes, request, new Commit(others[i]))).Sha;
                }

                if (await import.Bring([clean.Sha, .. others], known) is not { } refused)
                {
                    return (clean, await import.Independent(clean.Sha, others), damage);
                }

                return others.Count > 0 && await import.Bring([clean.Sha], known) is null
                    ? (clean, [], refused)
                    : (notes.Base, [], refused);
            }

            return others.Count > 0 && await import.Bring(others, known) is null
                ? (notes.Base, await import.Independent(notes.Base.Sha, others), damage ?? "its last commit is missing")
                : (notes.Base, [], damage ?? "its last commit is missing");
        }

        /// <summary>
        /// The dirty tree as a commit. The one made by an earlier call is used again if it says the same.
        /// </summary>
        private async Task<Commit> Commit(Tree tree, Commit parent, KeptWork.Pins? earlier)
        {
            if (earlier is not null && await KeptWork.SnapshotIn(hub, earlier) is { } before)
            {
                var same = await hub.Git.Run("rev-parse", $"{before.Sha}^{{tree}}", $"{before.Sha}^1");
                if (same.Text == $"{tree.Sha}\n{parent.Sha}")
                {
                    return before;
                }
            }

            var git = request.Author.Sign(hub.Git, request.At).WithInput($"{request.Message}\n");
            return new Commit(
                (await git.Run("commit-tree", tree.Sha, "-p", parent.Sha, "-F", "-")).Must("commit the tree")
            );
        }

        /// <summary>One commit that reaches everything: the work itself when nothing else is left over.</summary>
        private async Task<Commit> Tie(Commit work, IReadOnlyList<string> others, KeptWork.Pins? earlier)
        {
            var loose = others.ToList();
            if (earlier is not null && earlier.Kept != work)
            {
                if (await KeptWork.IsTieOf(hub, earlier.Kept, work, loose))
                {
                    return earlier.Kept;
                }

                loose.Add(earlier.Kept.Sha);
            }

            if (loose.Count == 0)
            {
                return work;
            }

            var git = request.Author.Sign(hub.Git, request.At).WithInput($"Everything that run {request.Run} left\n");
            var parents = loose
                .Prepend(work.Sha)
                .Distinct(StringComparer.Ordinal)
                .SelectMany(sha => (string[])["-p", sha]);
            string[] arguments = ["commit-tree", $"{work.Sha}^{{tree}}", .. parents, "-F", "-"];
            return new Commit((await git.Run(arguments)).Must("tie the commits together"));
        }
    }
}
