namespace Fleet.Log;

/// <summary>Settles an append whose answer was lost, by looking at the log again.</summary>
internal static class UnknownAppend
{
    /// <summary>
    /// Whether this very batch follows the position it expected; later events of others do not matter.
    /// </summary>
    public static bool Happened(IEventLog log, Position expected, IReadOnlyList<NewEvent> batch)
    {
        var wanted = expected;
        foreach (var newEvent in batch)
        {
            wanted = Chain.Link(wanted, newEvent).Position;
        }

        return batch.Count == 0
            || log.Read(wanted.Seq - 1, limit: 1).Any(found => found.Seq == wanted.Seq && found.Hash == wanted.Hash);
    }
}
