using System.Text.Json;
using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>Opens the log of a home and folds it: from the newest usable snapshot, else from the beginning.</summary>
internal static class Opening
{
    public static (FleetState State, Position Head) Fold(IEventLog log, RuleSet rules)
    {
        var state = FromSnapshot(log) ?? FleetState.Empty;
        var head = log.Head();
        state = Envelope.Fold(state, log.Read(state.Seq), rules);
        return (state, head);
    }

    /// <summary>Keeps the state beside the log, so that the next start need not read everything.</summary>
    public static void KeepSnapshot(IEventLog log, FleetState state, Position head)
    {
        if (state.Seq == head.Seq && head.Seq > 0)
        {
            log.KeepSnapshot(new Snapshot(head.Seq, head.Hash, StateJson.RulesFingerprint, StateJson.Write(state)));
        }
    }

    private static FleetState? FromSnapshot(IEventLog log)
    {
        if (
            log.LatestSnapshot() is not { } snapshot
            || !string.Equals(snapshot.RulesFingerprint, StateJson.RulesFingerprint, StringComparison.Ordinal)
        )
        {
            return null;
        }

        try
        {
            return StateJson.Read(snapshot.State);
        }
        catch (JsonException)
        {
            // A snapshot only saves time: the log is the truth, and it is read from the beginning instead.
            return null;
        }
    }
}
