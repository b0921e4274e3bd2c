using Fleet.Rules;

namespace Fleet.Git;

/// <summary>Copies kept work into the person's repository, so that it is there even without Fleet.</summary>
internal static class KeptMirror
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Fetches one kept ref from the hub. Nothing else in the repository changes: no hook, no FETCH_HEAD, no gc.
    /// </summary>
    public static async Task<GitOutcome> Copy(Hub hub, Repository repository, RunId run)
    {
        var name = FleetRefs.Kept(run);
        return await repository
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
}
