namespace Fleet.Rules.Runs;

/// <summary>Why a coder could not go on, whatever words its vendor uses.</summary>
public enum ErrorClass
{
    /// <summary>Too many requests: worth another try after a pause.</summary>
    RateLimit,

    /// <summary>The vendor has no capacity just now.</summary>
    Overloaded,

    /// <summary>The vendor failed.</summary>
    Server,

    /// <summary>The connection broke, or nothing was answered in time.</summary>
    Network,

    /// <summary>What the account may use is used up until a known or unknown time.</summary>
    UsageLimit,

    /// <summary>The account is not signed in, or its key is refused.</summary>
    Authentication,

    /// <summary>The account has no money left.</summary>
    Billing,

    /// <summary>The conversation no longer fits into the model's context.</summary>
    ContextTooLong,

    /// <summary>The vendor refused the request itself: a model that does not exist, for example.</summary>
    InvalidRequest,

    /// <summary>The coder's own limit of money was reached.</summary>
    Budget,

    /// <summary>The coder's own limit of turns was reached.</summary>
    Turns,

    /// <summary>The session that was to be resumed is not there.</summary>
    SessionGone,

    Unknown,
}

/// <summary>How a coder says that its turn ended.</summary>
public enum TurnResult
{
    Done,
    Failed,
    Interrupted,
}

/// <summary>A run's newest ended turn, as the log holds it.</summary>
/// <param name="Words">Its last words, or why it failed: a claim, for people.</param>
/// <param name="ResetsAt">When a limit that it ran into resets, where that is known.</param>
public sealed record EndedTurn(
    TurnResult Result,
    ErrorClass? Error = null,
    string Words = "",
    DateTimeOffset? ResetsAt = null
);

/// <summary>How one turn of a coder ended, by its own terminal event: without one, no turn has ended.</summary>
public abstract record TurnEnd
{
    private TurnEnd() { }

    /// <summary>It said that it is done. That is a claim.</summary>
    /// <param name="Text">Its last words: the answer, where an answer was asked for.</param>
    public sealed record Done(string Text) : TurnEnd;

    public sealed record Failed(ErrorClass Class, string Why) : TurnEnd;

    /// <summary>It was interrupted, by whomever.</summary>
    public sealed record Interrupted : TurnEnd;
}
