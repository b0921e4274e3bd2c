using System.Collections.Immutable;
using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Simulation.Checks;

/// <summary>
/// Safety of the record: nothing acknowledged is missing, nothing is there twice, the chain is whole.
/// </summary>
internal sealed class RecordChecks(IEventLog log)
{
    private readonly Dictionary<string, TaskId> added = new(StringComparer.Ordinal);
    private Position last = Position.Empty;
    private Epoch epoch;

    public void Before(StoredEvent row, Fact fact)
    {
        var fault = Chain.Fault(last, row);
        Violation.Unless(fault is null, Invariant.TheChainIsWhole, $"{row.Seq}: {fault}");
        last = row.Position;
        Violation.Unless(fact.Cause is not { } cause || cause < fact.Seq, Invariant.CausesComeBefore, $"{fact}");
        switch (fact.Event)
        {
            case Event.TaskAdded e:
                Violation.Unless(added.TryAdd(e.RequestId, e.Id), Invariant.RequestsCountOnce, $"{e.RequestId} again");
                break;
            case Event.EpochBegan e:
                Violation.Unless(
                    e.Epoch.Number == epoch.Number + 1,
                    Invariant.OneEpochWrites,
                    $"{epoch}, then {e.Epoch}"
                );
                epoch = e.Epoch;
                break;
        }
    }

    /// <summary>A loop says that these facts are durable.</summary>
    public void Applied(ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
        {
            var row = log.Read(fact.Seq - 1, 1).FirstOrDefault();
            Violation.Unless(
                row?.Kind == EventKinds.Of(fact.Event) && row.At == fact.At && row.Actor == fact.Who.ToString(),
                Invariant.AcknowledgedIsRecorded,
                $"{fact} is not in the log"
            );
        }
    }

    /// <summary>Somebody was told: from now on it must be in the log.</summary>
    public void Acknowledged(string requestId, Request request, Answer answer)
    {
        if (request is Request.AddTask && answer.Task is { } id)
        {
            Violation.Unless(
                added.TryGetValue(requestId, out var known) && known == id,
                Invariant.AcknowledgedIsRecorded,
                $"{requestId} was told {id}, but the log does not know"
            );
        }
    }
}
