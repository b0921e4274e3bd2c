namespace Fleet.Log;

/// <summary>One event to append; the body is canonical JSON (see <see cref="CanonicalJson"/>).</summary>
internal sealed record NewEvent(
    string Kind,
    DateTimeOffset At,
    string Actor,
    long? Cause,
    int? Task,
    int? Run,
    string Body
);

/// <summary>One event as the log keeps it: times are UTC milliseconds; a body of null has been redacted.</summary>
internal sealed record StoredEvent(
    long Seq,
    DateTimeOffset At,
    string Kind,
    string Actor,
    long? Cause,
    int? Task,
    int? Run,
    string? Body,
    string BodyHash,
    string PreviousHash,
    string Hash
)
{
    public Position Position => new(Seq, Hash);
}

/// <summary>A place in the log: the number of its last event and that event's hash.</summary>
internal readonly record struct Position(long Seq, string Hash)
{
    /// <summary>Where an empty log stands.</summary>
    public static Position Empty { get; } = new(0, new string('0', 64));
}

/// <summary>The state after one event, as one version of the rules folded it.</summary>
internal sealed record Snapshot(long Seq, string Hash, string RulesFingerprint, byte[] State);
