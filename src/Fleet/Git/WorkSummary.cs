using Fleet.Rules;

namespace Fleet.Git;

/// <summary>What a kept commit holds that trunk does not, in the words of git; bounded.</summary>
/// <param name="IsIn">The commit that was asked about holds all of it.</param>
/// <param name="Commits">One line each, the newest first.</param>
/// <param name="Files">One line each, with how much changed.</param>
/// <param name="Unreadable">Why git could not tell; none when it could.</param>
internal sealed record WorkSummary(bool IsIn, string Commits, string Files, string? Unreadable)
{
    private const int MostOutput = 64 * 1024;

    public bool IsEmpty => Unreadable is null && Commits.Length == 0 && Files.Length == 0;

    public static async Task<WorkSummary> Of(Hub hub, Commit kept, Commit standsOn)
    {
        var git = hub.Git.WithOutputLimit(MostOutput);
        var log = await git.Run(
            "log",
            "--max-count=30",
            "--format=%h %<(120,trunc)%s",
            "--end-of-options",
            $"{FleetRefs.Trunk}..{kept.Sha}"
        );
        var files = await git.Run(
            "diff",
            "--stat=100",
            "--stat-count=40",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            $"{FleetRefs.Trunk}...{kept.Sha}",
            "--"
        );
        var held = await git.Run("merge-base", "--is-ancestor", kept.Sha, standsOn.Sha);
        return new WorkSummary(
            held.Succeeded,
            string.Join('\n', log.Text.Split('\n').Select(line => line.TrimEnd())),
            files.Text,
            log.Succeeded && files.Succeeded ? null : $"{log.Why} {files.Why}".Trim()
        );
    }
}
