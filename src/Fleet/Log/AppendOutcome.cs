namespace Fleet.Log;

/// <summary>
/// What became of an append: all of the batch is in the log, or nothing of it is, or nobody knows yet.
/// </summary>
internal abstract record AppendOutcome
{
    private AppendOutcome() { }

    /// <summary>The batch is durable; this is the new head.</summary>
    internal sealed record Appended(Position Head) : AppendOutcome;

    /// <summary>Somebody else appended first; nothing was written.</summary>
    internal sealed record Conflict(Position Actual) : AppendOutcome;

    /// <summary>The store refused; nothing was written.</summary>
    internal sealed record Failed(LogFailure Failure) : AppendOutcome;

    /// <summary>The answer was lost: ask <see cref="UnknownAppend.Happened"/> before anything else.</summary>
    internal sealed record Unknown(string Reason) : AppendOutcome;
}
