using System.Globalization;
using System.Text.RegularExpressions;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>The right to write a hub: the epoch and the object that the epoch ref must still point to.</summary>
internal sealed record EpochClaim(Epoch Epoch, string ObjectId);

/// <summary>What became of an attempt to reign over a hub.</summary>
internal abstract record EpochOutcome
{
    private EpochOutcome() { }

    internal sealed record Taken(EpochClaim Claim) : EpochOutcome;

    /// <summary>Someone with the same or a higher epoch was there first.</summary>
    internal sealed record Refused(Epoch InForce, string Holder) : EpochOutcome;

    internal sealed record Failed(string Why) : EpochOutcome;
}

/// <summary>The epoch as a ref, so that git itself refuses what a deposed daemon still tries.</summary>
internal static partial class EpochRef
{
    /// <summary>Takes the hub over by compare-and-swap. The same epoch and holder may ask again.</summary>
    public static async Task<EpochOutcome> Take(Hub hub, Epoch epoch, string holder)
    {
        var current = await hub.Read(FleetRefs.Epoch);
        if (current is not null && Parse((await hub.Git.Run("cat-file", "blob", current)).Text) is var (number, by))
        {
            var mine = number == epoch.Number && string.Equals(by, holder, StringComparison.Ordinal);
            if (mine)
            {
                return new EpochOutcome.Taken(new EpochClaim(epoch, current));
            }

            if (number >= epoch.Number)
            {
                return new EpochOutcome.Refused(new Epoch(number), by);
            }
        }

        var written = await hub.Git.WithInput($"epoch {epoch} holder {holder}\n").Run("hash-object", "-w", "--stdin");
        if (!written.Succeeded)
        {
            return new EpochOutcome.Failed(written.Why);
        }

        var script = RefTransaction.Script(RefUpdate.From(FleetRefs.Epoch, current, written.Text));
        var moved = RefTransaction.Understand(await hub.Git.WithInput(script).Run("update-ref", "--stdin", "-z"));
        return moved switch
        {
            RefOutcome.Moved => new EpochOutcome.Taken(new EpochClaim(epoch, written.Text)),
            // Lost the race: say who won.
            RefOutcome.StaleEpoch or RefOutcome.Changed => await Take(hub, epoch, holder),
            RefOutcome.Failed failed => new EpochOutcome.Failed(failed.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>
    /// True while nobody took the hub over. Asked before files are removed, which no ref transaction guards.
    /// </summary>
    public static async Task<bool> Holds(Hub hub, EpochClaim claim) =>
        string.Equals(await hub.Read(FleetRefs.Epoch), claim.ObjectId, StringComparison.Ordinal);

    private static (long Number, string Holder)? Parse(string text)
    {
        var match = Line().Match(text);
        return
            match.Success
            && long.TryParse(
                match.Groups["number"].ValueSpan,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var n
            )
            ? (n, match.Groups["holder"].Value)
            : null;
    }

    [GeneratedRegex(
        @"^epoch (?<number>[0-9]{1,18}) holder (?<holder>.*)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Line();
}
