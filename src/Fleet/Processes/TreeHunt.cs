namespace Fleet.Processes;

/// <summary>
/// Follows the members of some trees over several scans: one that was seen once stays a member,
/// even if its parents died and it shed the mark in between.
/// </summary>
internal sealed class TreeHunt(IReadOnlyList<ProcessTree> trees)
{
    private readonly HashSet<ProcessIdentity> _seen = [];

    /// <summary>How many processes were ever seen.</summary>
    internal int Seen => _seen.Count;

    /// <summary>The living members now; <paramref name="news"/> counts those never seen before.</summary>
    internal List<ProcStat> Living(out int news)
    {
        var before = _seen.Count;
        var members = ProcessTable.Scan().Members(trees, _seen);
        foreach (var member in members)
        {
            _ = _seen.Add(member.Identity);
        }

        news = _seen.Count - before;
        return members;
    }

    internal List<ProcStat> Living() => Living(out _);

    /// <summary>
    /// The living members, none only where two scans in a row find nobody: one alone can miss a child that is born
    /// while it is under way.
    /// </summary>
    internal List<ProcStat> Survivors() => Living() is { Count: > 0 } members ? members : Living();

    internal static void Signal(IReadOnlyList<ProcStat> members, int signal)
    {
        foreach (var member in members)
        {
            _ = member.Identity.Signal(signal);
        }
    }
}
