using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>Removes the texts of events from the log, as the recorded acts say.</summary>
internal static class Redactions
{
    /// <summary>The facts of one step, each redaction among them with the hash of what it will leave.</summary>
    public static List<Fact> Completed(IEventLog log, List<Fact> facts) =>
        facts.ConvertAll(fact =>
            fact.Event is Event.BodyRedacted act
                ? fact with
                {
                    Event = act with { Left = Hash(log, facts, act) },
                }
                : fact
        );

    /// <summary>Removes what the act names; false when that was done before.</summary>
    public static bool Perform(IEventLog log, Event.BodyRedacted act)
    {
        var stored = log.Read(act.Seq - 1, limit: 1).Single();
        var left = Left(Envelope.Read(stored)?.Event);
        if (string.Equals(left, stored.Body, StringComparison.Ordinal))
        {
            return false;
        }

        log.Redact(act.Seq, left);
        return true;
    }

    /// <summary>The act that a stored event records, for whoever verifies the log.</summary>
    public static RecordedRedaction? ActOf(StoredEvent stored) =>
        stored.Kind == RedactionKind && Envelope.Read(stored)?.Event is Event.BodyRedacted act
            ? new RecordedRedaction(act.Seq, act.Left)
            : null;

    private static readonly string RedactionKind = EventKinds.Of(new Event.BodyRedacted(0, ""));

    /// <summary>An event of this very step is not in the log yet.</summary>
    private static string? Hash(IEventLog log, List<Fact> facts, Event.BodyRedacted act)
    {
        var wanted =
            facts.Find(fact => fact.Seq == act.Seq)
            ?? log.Read(act.Seq - 1, limit: 1).Select(Envelope.Read).FirstOrDefault();
        return Left(wanted?.Event) is { } left ? Chain.BodyHash(left) : null;
    }

    private static string? Left(Event? e) => e is null ? null : EventJson.Body(Redaction.Of(e));
}
