using System.Text.Json;
using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>Opens the log of a home and folds it: from the newest usable snapshot, else from the beginning.</summary>
internal static class Opening
{
    /// <summary>A predecessor that stands still has one last append under way, not several.</summary>
    private const int MostBeginnings = 3;

    public static (FleetState State, Position Head) Fold(IEventLog log, RuleSet rules) => Fold(log, rules, _ => { });

    /// <summary>Folds the log for whoever holds the writer's lock, and ends what a dead writer began.</summary>
    public static FleetLoop ToWrite(IEventLog log, RuleSet rules)
    {
        var acts = new List<Event.BodyRedacted>();
        var (state, head) = Fold(log, rules, acts.Add);
        if (acts.FindAll(act => Redactions.Perform(log, act)).Count > 0)
        {
            (state, head) = Fold(log, rules);
        }

        return new FleetLoop(log, rules, state, head);
    }

    /// <summary>
    /// Opens the log and takes the first step in it. What a silent predecessor still appended in between is read as
    /// well; only a later epoch makes this daemon step down.
    /// </summary>
    public static (FleetLoop Loop, StepOutcome Outcome) Begin(
        IEventLog log,
        RuleSet rules,
        IReadOnlyList<Input> first,
        DateTimeOffset now
    )
    {
        var loop = ToWrite(log, rules);
        for (var attempt = 1; ; attempt++)
        {
            var outcome = loop.Step(first, now);
            if (outcome is not StepOutcome.SteppedDown || attempt == MostBeginnings)
            {
                return (loop, outcome);
            }

            var anew = ToWrite(log, rules);
            if (anew.State.Epoch != loop.State.Epoch)
            {
                return (loop, outcome);
            }

            loop = anew;
        }
    }

    /// <summary>Keeps the state beside the log, so that the next start need not read everything.</summary>
    /// <remarks>Not of one who fell behind: a text that was redacted meanwhile may be in its state.</remarks>
    public static void KeepSnapshot(IEventLog log, FleetState state, Position head)
    {
        if (state.Seq == head.Seq && head.Seq > 0 && log.Head() == head)
        {
            log.KeepSnapshot(new Snapshot(head.Seq, head.Hash, StateJson.RulesFingerprint, StateJson.Write(state)));
        }
    }

    /// <remarks>A redaction drops every snapshot that knew its text, so an act that was not performed yet is among
    /// what is read.</remarks>
    private static (FleetState State, Position Head) Fold(
        IEventLog log,
        RuleSet rules,
        Action<Event.BodyRedacted> redacted
    )
    {
        var state = FromSnapshot(log) ?? FleetState.Empty;
        var head = log.Head();
        state = Envelope.Fold(
            state,
            log.Read(state.Seq),
            rules with
            {
                Evolve = (before, fact) =>
                {
                    if (fact.Event is Event.BodyRedacted act)
                    {
                        redacted(act);
                    }

                    return rules.Evolve(before, fact);
                },
            }
        );
        return (state, head);
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
