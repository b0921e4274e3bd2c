using System.Collections.Immutable;
using System.Globalization;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>A run whose work a hub pins.</summary>
/// <param name="Landed">Everything it kept is on trunk, so the pin holds nothing that would be lost.</param>
internal sealed record KeptRun(RunId Run, Commit Kept, DateTimeOffset At, bool Landed);

/// <summary>Lists what a hub pins, for <c>gc --plan</c> and <c>doctor</c>. It deletes nothing.</summary>
internal static class KeptRefs
{
    public static async Task<ImmutableArray<KeptRun>> List(Hub hub)
    {
        const string format = "--format=%(refname) %(objectname) %(committerdate:unix)";
        var all = hub.Git.Run("for-each-ref", format, FleetRefs.AllKept);
        var landed = await hub.Git.Run(
            "for-each-ref",
            "--format=%(refname)",
            $"--merged={FleetRefs.Trunk}",
            FleetRefs.AllKept
        );
        var onTrunk = landed.Text.Split('\n').ToHashSet(StringComparer.Ordinal);
        var found = ImmutableArray.CreateBuilder<KeptRun>();
        foreach (var line in (await all).Must("list kept work").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ');
            if (FleetRefs.TryRun(parts[0], out var run))
            {
                var seconds = long.Parse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture);
                var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
                found.Add(new KeptRun(run, new Commit(parts[1]), at, onTrunk.Contains(parts[0])));
            }
        }

        found.Sort((one, other) => one.Run.CompareTo(other.Run));
        return found.ToImmutable();
    }
}
