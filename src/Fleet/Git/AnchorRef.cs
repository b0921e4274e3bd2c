using System.Globalization;
using System.Text.RegularExpressions;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>The head of the log as it was when it was anchored.</summary>
internal sealed record Anchor(long Sequence, string Hash);

/// <summary>
/// The log's head as a ref in a hub: each anchor is a commit on the one before, so a log that was cut or rewritten
/// later disagrees with a history outside of it.
/// </summary>
internal static partial class AnchorRef
{
    public static async Task<RefOutcome> Write(Hub hub, EpochClaim claim, Anchor anchor, DateTimeOffset at)
    {
        try
        {
            var before = await hub.Read(FleetRefs.Audit);
            if (before is not null && (await Read(hub))?.Sequence >= anchor.Sequence)
            {
                return new RefOutcome.Moved();
            }

            var tree = (await hub.Git.WithInput("").Run("mktree")).Must("make an empty tree");
            string[] parents = before is null ? [] : [before];
            var message = string.Create(CultureInfo.InvariantCulture, $"seq {anchor.Sequence}\nhash {anchor.Hash}\n");
            var commit = new NewCommit(new Tree(tree), parents, Identity.Unknown, at, message).Write(hub);
            return await RefTransaction.Apply(hub, claim, RefUpdate.From(FleetRefs.Audit, before, commit.Sha));
        }
        catch (Exception failure) when (failure is GitFailedException or IOException or UnauthorizedAccessException)
        {
            return new RefOutcome.Failed(failure.Message);
        }
    }

    /// <summary>The newest anchor in the hub, or null when there is none.</summary>
    public static async Task<Anchor?> Read(Hub hub) => await History(hub, most: 1) is [var newest, ..] ? newest : null;

    /// <summary>Anchors, newest first.</summary>
    public static async Task<IReadOnlyList<Anchor>> History(Hub hub, int most)
    {
        var count = string.Create(CultureInfo.InvariantCulture, $"--max-count={most}");
        var log = await hub.Git.Run("log", count, "--format=%B", FleetRefs.Audit, "--");
        return
        [
            .. Line()
                .Matches(log.Text)
                .Select(match => new Anchor(
                    long.Parse(match.Groups["seq"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
                    match.Groups["hash"].Value
                )),
        ];
    }

    [GeneratedRegex(
        @"seq (?<seq>[0-9]{1,18})\nhash (?<hash>[^\n]+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Line();
}
