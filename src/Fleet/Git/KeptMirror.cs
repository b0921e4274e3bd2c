using Fleet.Git.Landing;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>Copies kept work into the person's repository, so that it is there even without Fleet.</summary>
internal static class KeptMirror
{
    private const int MostBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Copies one kept ref from the hub. Nothing else in the repository changes: no hook, no FETCH_HEAD, no gc.
    /// </summary>
    public static async Task<GitOutcome> Copy(Hub hub, Repository repository, RunId run)
    {
        var name = FleetRefs.Kept(run);
        return await Directly(hub, repository, run, name) is { Succeeded: true } done
            ? done
            : await Fetch(hub, repository, name);
    }

    /// <summary>
    /// What is new goes across as one pack, checked again on arrival. Only onto a base that the person's trunk holds:
    /// then everything behind it is there too.
    /// </summary>
    /// <returns>None or a failure where that cannot be: a fetch finds out by itself what is missing.</returns>
    private static async Task<GitOutcome?> Directly(Hub hub, Repository repository, RunId run, string name)
    {
        if (await hub.Read(name) is not { } kept || await hub.Read(FleetRefs.Base(run)) is not { } start)
        {
            return null;
        }

        var git = repository.Git.WithTimeout(Limit);
        var standing = Ancestry.Holds(git, start, await TrunkSync.TrunkIn(repository) ?? "");
        var packing = hub.Git.WithInput($"{kept}\n^{start}\n").WithOutputLimit(MostBytes);
        var packed = await packing.Run("pack-objects", "-q", "--revs", "--stdout", "--delta-base-offset", "--window=2");
        if (packed is not GitOutcome.Ok { Bytes: var pack } || !await standing)
        {
            return null;
        }

        var unpacked = await git.WithInput(pack).Run("unpack-objects", "-q", "--strict");
        return unpacked.Succeeded ? await git.Run("update-ref", "--no-deref", name, kept) : unpacked;
    }

    private static Task<GitOutcome> Fetch(Hub hub, Repository repository, string name) =>
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
