using Fleet.Git.Landing;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>Copies kept work into the person's repository, so that it is there even without Fleet.</summary>
internal sealed class KeptMirror(Hub hub, Repository repository, RunId run)
{
    private const int MostBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly string name = FleetRefs.Kept(run);
    private (Commit Head, Task<GitOutcome> Arrival)? ahead;
    private (Commit Kept, Task<GitOutcome?> Done)? begun;

    private GitCommand Git => repository.Git.WithTimeout(Limit);

    /// <summary>
    /// Commits that the hub holds by now, as one pack: their objects go across while the rest is still being saved.
    /// Nothing shows them there before <see cref="Finish"/>.
    /// </summary>
    public void Begin(Commit head, ReadOnlyMemory<byte> pack) => ahead = (head, Unpack(pack));

    /// <summary>What will be kept: the ref goes across while the hub's own is being moved.</summary>
    public void Finish(Commit kept) => begun = (kept, Directly(kept.Sha));

    /// <summary>
    /// Copies the kept ref from the hub. Nothing else in the repository changes: no hook, no FETCH_HEAD, no gc.
    /// </summary>
    public async Task<GitOutcome> Copy()
    {
        if (await hub.Read(name) is not { } kept)
        {
            return await Fetch();
        }

        var direct = begun is { } early && early.Kept.Sha == kept ? early.Done : Directly(kept);
        return await direct is { Succeeded: true } done ? done : await Fetch();
    }

    /// <summary>
    /// What is new goes across as one pack, checked again on arrival. Only onto a base that the person's trunk holds:
    /// then everything behind it is there too.
    /// </summary>
    /// <returns>None or a failure where that cannot be: a fetch finds out by itself what is missing.</returns>
    private async Task<GitOutcome?> Directly(string kept)
    {
        var arrived = ahead is { } sent && (await sent.Arrival).Succeeded ? sent.Head : (Commit?)null;
        if (
            await hub.Read(FleetRefs.Base(run)) is not { } start
            || await TrunkSync.TrunkIn(repository) is not { } trunk
            || !await Ancestry.Holds(Git, start, trunk)
        )
        {
            return null;
        }

        var rest = arrived?.Sha == kept ? new GitOutcome.Ok(default) : await Send(kept, [start, .. Known(arrived)]);
        return rest.Succeeded ? await Git.Run("update-ref", "--no-deref", name, kept) : rest;
    }

    private static string[] Known(Commit? arrived) => arrived is { } head ? [head.Sha] : [];

    private async Task<GitOutcome> Send(string kept, IEnumerable<string> known)
    {
        var wanted = string.Concat(known.Select(commit => $"^{commit}\n").Prepend($"{kept}\n"));
        var packed = await hub
            .Git.WithInput(wanted)
            .WithOutputLimit(MostBytes)
            .Run("pack-objects", "-q", "--revs", "--stdout", "--delta-base-offset", "--window=2");
        return packed is GitOutcome.Ok { Bytes: var pack } ? await Unpack(pack) : packed;
    }

    private Task<GitOutcome> Unpack(ReadOnlyMemory<byte> pack) =>
        Git.WithInput(pack).Run("unpack-objects", "-q", "--strict");

    private Task<GitOutcome> Fetch() =>
        repository
            .Git.WithConfig("fetch.writeCommitGraph", "false")
            .WithConfig("fetch.prune", "false")
            .WithTimeout(Limit)
            .Run(
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-prune",
                "--no-write-fetch-head",
                "--no-auto-maintenance",
                "--refmap=",
                "--end-of-options",
                hub.Path,
                $"+{name}:{name}"
            );
}
