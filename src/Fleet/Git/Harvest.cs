using Fleet.Rules;

namespace Fleet.Git;

/// <summary>
/// Saves a run's work after it ended, whatever ended it: commits and dirty tree go into the hub under one ref.
/// Asked twice, it gives the same answer.
/// </summary>
internal static class Harvest
{
    /// <param name="mirror">Told of commits as soon as the hub holds them.</param>
    public static async Task<HarvestOutcome> Save(
        Hub hub,
        EpochClaim claim,
        HarvestRequest request,
        KeptMirror? mirror = null
    )
    {
        try
        {
            var folder = request.Worktree is { } worktree ? hub.NotesOf(worktree) : null;
            var earlier = await KeptWork.Read(hub, request.Run);
            return (folder is null ? null : WorktreeNotes.Read(folder), earlier) switch
            {
                (null, null) => new HarvestOutcome.Unknown(request.Run),
                (null, var (@base, kept)) => new HarvestOutcome.Saved(await KeptWork.Describe(hub, @base, kept)),
                (var notes, _) => await Save(hub, claim, request, notes, folder!, mirror, earlier?.Kept),
            };
        }
        catch (Exception error) when (error is GitFailedException or IOException or UnauthorizedAccessException)
        {
            return new HarvestOutcome.Failed(error.Message);
        }
    }

    private static async Task<HarvestOutcome> Save(
        Hub hub,
        EpochClaim claim,
        HarvestRequest request,
        WorktreeNotes notes,
        string folder,
        KeptMirror? mirror,
        KeptWork.Pins? earlier
    )
    {
        using var files = new Snapshot(hub, notes, folder);
        return await new Saving(hub, claim, request, notes, files, mirror).Run(earlier);
    }

    /// <param name="Others">Commits that the head does not reach.</param>
    private sealed record Brought(Commit Head, IReadOnlyList<string> Others, string? Damage);

    /// <summary>One saving, step by step.</summary>
    private sealed class Saving(
        Hub hub,
        EpochClaim claim,
        HarvestRequest request,
        WorktreeNotes notes,
        Snapshot files,
        KeptMirror? mirror
    )
    {
        private const string Missing = "its last commit is missing";

        public async Task<HarvestOutcome> Run(KeptWork.Pins? earlier)
        {
            var tips = CoderTips.Read(notes.GitDirectory, notes.CommonDirectory);
            var others = tips.Others.Where(tip => tip != notes.Base.Sha).ToList();
            var looking = files.Look();
            var (head, loose, damage) = await Bring(tips.Head, others);
            var committed = await RunDifference.Between(hub, notes.Base, head);
            var tree = await files.Take(await looking, head, committed);
            var snapshot = tree is { } dirty ? await Commit(dirty, head, earlier) : (Commit?)null;
            var kept = await Tie(snapshot ?? head, loose, earlier);
            var difference = snapshot is { } top
                ? RunDifference.Between(hub, notes.Base, top)
                : Task.FromResult(committed);
            var pins = new KeptWork.Pins(head, kept);
            mirror?.Finish(kept);
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

        private async Task<Brought> Bring(string? tip, List<string> others)
        {
            var damage = tip is null ? "its HEAD names no commit" : null;
            var head = tip ?? notes.Base.Sha;
            if (head == notes.Base.Sha && others.Count == 0)
            {
                return new Brought(notes.Base, [], damage);
            }

            return CoderObjects.MakeFit(notes.Objects, hub.Objects) is { } unfit
                ? new Brought(notes.Base, [], unfit)
                : await BringCommits(new CommitImport(hub, notes.Objects), head, others, damage);
        }

        private async Task<Brought> BringCommits(CommitImport import, string head, List<string> others, string? damage)
        {
            if (others.Count == 0 && notes.Carried.IsEmpty && await import.Bring([head], [notes.Base.Sha]) is null)
            {
                if (!import.Pack.IsEmpty)
                {
                    mirror?.Begin(new Commit(head), import.Pack);
                }

                return new Brought(new Commit(head), [], damage);
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
                    return new Brought(clean, await import.Independent(clean.Sha, others), damage);
                }

                return others.Count > 0 && await import.Bring([clean.Sha], known) is null
                    ? new Brought(clean, [], refused)
                    : new Brought(notes.Base, [], refused);
            }

            return others.Count > 0 && await import.Bring(others, known) is null
                ? new Brought(notes.Base, await import.Independent(notes.Base.Sha, others), damage ?? Missing)
                : new Brought(notes.Base, [], damage ?? Missing);
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

            return new NewCommit(tree, [parent.Sha], request.Author, request.At, $"{request.Message}\n").Write(hub);
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
