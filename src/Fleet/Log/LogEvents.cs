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

/// <summary>One event as the log keeps it: times are UTC milliseconds.</summary>
/// <param name="Body">As it was recorded, or what a redaction left of it, if anything.</param>
/// <param name="BodyHash">Of the body as it was recorded.</param>
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

    public bool IsRedacted => Body is null || Chain.BodyHash(Body) != BodyHash;
}

/// <summary>A recorded act: whose body was redacted, and the hash of what is left of it, if anything.</summary>
internal sealed record RecordedRedaction(long Seq, string? LeftHash);

/// <summary>A place in the log: the number of its last event and that event's hash.</summary>
internal readonly record struct Position(long Seq, string Hash)
{
    /// <summary>Where an empty log stands.</summary>
    public static Position Empty { get; } = new(0, new string('0', 64));
}

/// <summary>The state after one event, as one version of the rules folded it.</summary>
internal sealed record Snapshot(long Seq, string Hash, string RulesFingerprint, byte[] State);
