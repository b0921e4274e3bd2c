namespace Fleet.ModelStub.Faults;

/// <summary>What can go wrong with a request. Refusals come first; the others happen to a good answer.</summary>
internal enum FaultKind
{
    RateLimited,
    RateLimitedWithRetryAfter,

    /// <summary>A subscription's window or a day's quota is used up.</summary>
    UsageLimit,
    ServerError,
    Unavailable,
    Overloaded,
    BadKey,
    Forbidden,
    NoCredit,
    ContextTooLong,

    /// <summary>The connection ends in the middle of the answer.</summary>
    Drop,

    /// <summary>The answer breaks off with the vendor's error event.</summary>
    StreamError,

    /// <summary>The connection ends before any answer.</summary>
    Cut,

    /// <summary>No answer, until the coder gives up.</summary>
    Hang,

    /// <summary>Pauses between the words.</summary>
    Slow,
}
