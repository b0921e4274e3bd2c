using Fleet.Rules;

namespace Fleet.Git;

/// <summary>The names of everything Fleet keeps under <c>refs/fleet/</c>.</summary>
internal static class FleetRefs
{
    public const string All = "refs/fleet/";
    public const string Trunk = "refs/fleet/trunk";
    public const string Epoch = "refs/fleet/epoch";
    public const string Audit = "refs/fleet/audit";
    public const string AllBases = "refs/fleet/base/";
    public const string AllHeads = "refs/fleet/head/";
    public const string AllKept = "refs/fleet/kept/";

    /// <summary>Pins what a worktree stands on while the worktree lives.</summary>
    public static string Base(RunId run) => $"{AllBases}{run.Task}/{run.Number}";

    /// <summary>The last commit that the run itself made, as harvested.</summary>
    public static string Head(RunId run) => $"{AllHeads}{run.Task}/{run.Number}";

    /// <summary>Everything the run left: its commits and its dirty tree.</summary>
    public static string Kept(RunId run) => $"{AllKept}{run.Task}/{run.Number}";

    /// <summary>Which run a base, head or kept ref speaks of.</summary>
    public static bool TryRun(string name, out RunId run)
    {
        var parts = name.Split('/');
        run = default;
        return parts.Length == 5 && RunId.TryParse($"{parts[3]}.{parts[4]}", out run);
    }
}
