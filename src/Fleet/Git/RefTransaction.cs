using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Fleet.Git;

/// <summary>One wanted change of a ref; what it must be before is always said.</summary>
internal abstract record RefUpdate(string Name)
{
    internal sealed record Create(string Name, string New) : RefUpdate(Name);

    internal sealed record Move(string Name, string New, string Old) : RefUpdate(Name);

    internal sealed record Delete(string Name, string Old) : RefUpdate(Name);

    internal sealed record Verify(string Name, string Old) : RefUpdate(Name);

    /// <summary>The change from what was read to what is wanted.</summary>
    public static RefUpdate From(string name, string? old, string wanted) =>
        old is null ? new Create(name, wanted) : new Move(name, wanted, old);
}

/// <summary>What became of a ref transaction.</summary>
internal abstract record RefOutcome
{
    private RefOutcome() { }

    internal sealed record Moved : RefOutcome;

    /// <summary>Another daemon reigns by now; nothing was changed.</summary>
    internal sealed record StaleEpoch : RefOutcome;

    /// <summary>A ref was not where the caller believed; nothing was changed.</summary>
    internal sealed record Changed(string Name) : RefOutcome;

    internal sealed record Failed(string Why) : RefOutcome;
}

/// <summary>Moves refs of a hub, all or none, and only while the caller's epoch is the one in force.</summary>
internal static partial class RefTransaction
{
    public static async Task<RefOutcome> Apply(Hub hub, EpochClaim claim, params IEnumerable<RefUpdate> updates)
    {
        // The epoch comes first: of several reasons to refuse, being deposed is the one to report.
        var script = Script([new RefUpdate.Verify(FleetRefs.Epoch, claim.ObjectId), .. updates]);
        return Understand(await hub.Git.WithInput(script).Run("update-ref", "--stdin", "-z"));
    }

    /// <summary>The one place that reads git's answer to <c>update-ref --stdin</c>.</summary>
    public static RefOutcome Understand(GitOutcome outcome)
    {
        if (outcome.Succeeded)
        {
            return new RefOutcome.Moved();
        }

        var why = outcome.Why;
        var refused = Refused().Match(why);
        if (!refused.Success)
        {
            return new RefOutcome.Failed(why);
        }

        var name = refused.Groups["name"].Value;
        return string.Equals(name, FleetRefs.Epoch, StringComparison.Ordinal)
            ? new RefOutcome.StaleEpoch()
            : new RefOutcome.Changed(name);
    }

    public static string Script(params IEnumerable<RefUpdate> updates)
    {
        var script = new StringBuilder("start\0");
        foreach (var update in updates)
        {
            script.Append(
                update switch
                {
                    RefUpdate.Create create => $"create {create.Name}\0{create.New}\0",
                    RefUpdate.Move move => $"update {move.Name}\0{move.New}\0{move.Old}\0",
                    RefUpdate.Delete delete => $"delete {delete.Name}\0{delete.Old}\0",
                    RefUpdate.Verify verify => $"verify {verify.Name}\0{verify.Old}\0",
                    _ => throw new UnreachableException(),
                }
            );
        }

        return script.Append("prepare\0commit\0").ToString();
    }

    // A lock that another process holds is a failure to retry; everything else here means: not as you left it.
    [GeneratedRegex(
        @"cannot lock ref '(?<name>[^']+)': (is at|reference already exists|unable to resolve|reference is missing)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Refused();
}
