using System.Collections.Immutable;

namespace Fleet.Rules.Views;

/// <summary>One event of the record.</summary>
/// <param name="Words">What happened in one line; of a redacted or newer event, only that.</param>
/// <param name="Body">The stored JSON; none when it was redacted.</param>
public sealed record EventRow(
    long Seq,
    DateTimeOffset At,
    string Kind,
    string Actor,
    long? Cause,
    TaskId? Task,
    string? Run,
    string Words,
    string? Body,
    string Hash
)
{
    /// <summary>Who says so: a person, an agent's claim, or Fleet's own evidence.</summary>
    public Source By =>
        Rules.Actor.Parse(Actor).Kind switch
        {
            ActorKind.Human => Source.Person,
            ActorKind.Agent => Source.Claim,
            _ => Source.Evidence,
        };
}

/// <summary>Some events, and where the log stands.</summary>
public sealed record EventPage(long AsOf, ImmutableArray<EventRow> Rows);
