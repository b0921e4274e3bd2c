using System.Collections.Immutable;
using Fleet.Rules.Settings;

namespace Fleet.Simulation.World;

using Files = ImmutableSortedDictionary<string, string>;

/// <summary>What <c>.fleet</c> says in a simulated tree, such as <c>2a</c>: two gates, automatic landing.</summary>
internal static class Policy
{
    public const string Path = ".fleet";
    private static readonly GateSettings Tests = new("tests", "./test.sh");
    private static readonly GateSettings Lint = new("lint", "./lint.sh");

    public static readonly ImmutableArray<string> All = ["0a", "0p", "1a", "1p", "2a", "2p"];

    public static RepositorySettings Of(Files files) =>
        new(
            Gates: GatesOf(files),
            Worktrees: new WorktreeSettings(PauseFile: "fleet-pause"),
            Landing: new AskedLanding(IsAuto(files) ? LandingMode.Auto : LandingMode.Approve)
        );

    public static ImmutableArray<GateSettings> GatesOf(Files files) =>
        files[Path][0] switch
        {
            '0' => [],
            '1' => [Tests],
            _ => [Tests, Lint],
        };

    public static bool IsAuto(Files files) => files[Path][1] == 'a';

    /// <summary>The hash of its commands; none where there is no command.</summary>
    public static string? CommandsHash(Files files) => GatesOf(files).IsEmpty ? null : $"commands {files[Path][0]}";

    /// <summary>
    /// A gate's true answer is a function of the tree: a broken value fails it, and so do two that fit alone only.
    /// </summary>
    public static bool Passes(string gate, Files files) =>
        string.Equals(gate, Lint.Name, StringComparison.Ordinal)
            ? !files.Values.Any(v => v.EndsWith('?'))
            : !files.Values.Any(v => v.EndsWith('!')) && !(files.ContainsKey("x") && files.ContainsKey("y"));
}
