using Fleet.Log;

namespace Fleet.Simulation.Home;

/// <summary>The memory log behind a connection that fails: nothing written, or written and the answer lost.</summary>
internal sealed class SimLog(FaultPlan faults, Flaws flaws) : IEventLog
{
    private const long RewrittenSeq = 25;
    private readonly MemoryLog log = new();

    public Position Head() => log.Head();

    public AppendOutcome Append(Position expected, IReadOnlyList<NewEvent> batch)
    {
        if (faults.Strikes(Fault.AppendFails, 3))
        {
            return new AppendOutcome.Failed(new LogFailure.DiskFull("log", "no space left"));
        }

        if (faults.Strikes(Fault.AppendUnknownLost, 3))
        {
            return new AppendOutcome.Unknown("the connection was cut before");
        }

        var outcome = log.Append(flaws.HasFlag(Flaws.LogTakesAnyPosition) ? log.Head() : expected, batch);
        if (outcome is AppendOutcome.Conflict && flaws.HasFlag(Flaws.ConflictIsIgnored))
        {
            return new AppendOutcome.Appended(Chain.Link(expected, batch)[^1].Position);
        }

        if (outcome is AppendOutcome.Appended && faults.Strikes(Fault.AppendUnknownWritten, 3))
        {
            return flaws.HasFlag(Flaws.UnknownIsFailed)
                ? new AppendOutcome.Failed(new LogFailure.DiskError("log", "the answer was lost"))
                : new AppendOutcome.Unknown("the connection was cut after");
        }

        return outcome;
    }

    public IEnumerable<StoredEvent> Read(long after, int limit = int.MaxValue) =>
        flaws.HasFlag(Flaws.LogRewrites)
            ? log.Read(after, limit).Select(e => e.Seq == RewrittenSeq ? e with { Body = e.Body + " " } : e)
            : log.Read(after, limit);

    public void Redact(long seq, string? left) => log.Redact(seq, left);

    public Snapshot? LatestSnapshot() => log.LatestSnapshot();

    public void KeepSnapshot(Snapshot snapshot) => log.KeepSnapshot(snapshot);

    public void Dispose() => log.Dispose();
}
