using System.Collections.Immutable;
using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>
/// The only writer: decides inputs on the state to be, appends once, then lets the new state be seen.
/// </summary>
/// <remarks>
/// Synchronous and without a clock, so that the simulation drives this very code. Nothing is acknowledged and no
/// effect is asked for before its events are durable.
/// </remarks>
internal sealed class FleetLoop
{
    /// <summary>More rounds of self-made decisions than this in one step mean that two rules feed each other.</summary>
    private const int MaxRounds = 10_000;
    private const int MaxSettleAttempts = 5;

    private readonly IEventLog log;
    private readonly RuleSet rules;

    public FleetLoop(IEventLog log, RuleSet rules, FleetState state, Position head)
    {
        this.log = log;
        this.rules = rules;
        State = state;
        Head = head;
    }

    /// <summary>The fold of everything that is durable.</summary>
    public FleetState State { get; private set; }

    public Position Head { get; private set; }

    /// <summary>By the clock of <see cref="Step"/>, so that what is due for one is due for the other.</summary>
    public Owed Owed(DateTimeOffset now) => rules.Next(State, Milliseconds(now));

    public StepOutcome Step(IReadOnlyList<Input> inputs, DateTimeOffset now)
    {
        var draft = new Draft(State, rules, Milliseconds(now));
        var answers = ImmutableArray.CreateBuilder<Answer?>(inputs.Count);
        foreach (var input in inputs)
        {
            answers.Add(draft.Take(input));
        }

        for (var round = 0; draft.Settle(); round++)
        {
            if (round > MaxRounds)
            {
                throw new InvalidOperationException("the rules never come to rest: two of them undo each other");
            }
        }

        return draft.Facts.Count == 0
            ? new StepOutcome.Applied(answers.DrainToImmutable(), [])
            : Append(draft, answers.DrainToImmutable());
    }

    private StepOutcome Append(Draft draft, ImmutableArray<Answer?> answers)
    {
        var facts = Redactions.Completed(log, draft.Facts);
        var batch = facts.ConvertAll(Envelope.Of);
        var outcome = Settled(batch, log.Append(Head, batch));
        switch (outcome)
        {
            case AppendOutcome.Appended appended:
                State = draft.State;
                Head = appended.Head;
                Redact(facts);
                return new StepOutcome.Applied(answers, [.. facts]);
            case AppendOutcome.Conflict conflict:
                return new StepOutcome.SteppedDown(conflict.Actual);
            case AppendOutcome.Failed failed:
                return new StepOutcome.Refused(failed.Failure.ToString() ?? "", "fleet doctor");
            case AppendOutcome.Unknown unknown:
                return new StepOutcome.Refused(unknown.Reason, "fleet doctor");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Memory forgets a text by being folded anew: a snapshot of it would bring the text back.</summary>
    private void Redact(List<Fact> facts)
    {
        var done = false;
        foreach (var act in facts.Select(fact => fact.Event).OfType<Event.BodyRedacted>())
        {
            done |= Redactions.Perform(log, act);
        }

        if (done)
        {
            State = Opening.Fold(log, rules).State;
        }
    }

    /// <summary>An append whose answer was lost is settled by reading the log again, never by guessing.</summary>
    private AppendOutcome Settled(List<NewEvent> batch, AppendOutcome outcome)
    {
        for (var attempt = 0; outcome is AppendOutcome.Unknown && attempt < MaxSettleAttempts; attempt++)
        {
            outcome =
                UnknownAppend.Happened(log, Head, batch) ? new AppendOutcome.Appended(PositionAfter(batch))
                : log.Head() is var actual && actual != Head ? new AppendOutcome.Conflict(actual)
                : log.Append(Head, batch);
        }

        return outcome;
    }

    private Position PositionAfter(List<NewEvent> batch) => Chain.Link(Head, batch)[^1].Position;

    private static DateTimeOffset Milliseconds(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
