using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Coders;

/// <summary>What a coder's output means, whichever coder it is: the one stream behind all adapters.</summary>
internal abstract record CoderEvent
{
    private CoderEvent() { }

    /// <param name="Session">The coder's own id of the conversation, by which it can be resumed.</param>
    /// <param name="ContextTokens">How much fits into the model's context, where the coder says so.</param>
    internal sealed record SessionStarted(string Session, string? Model, long? ContextTokens = null) : CoderEvent;

    internal sealed record TurnStarted : CoderEvent;

    /// <summary>Something it said.</summary>
    /// <param name="IsPiece">A piece as it comes, with which the next one may go on; else a whole block.</param>
    internal sealed record Text(string Words, bool IsPiece = false) : CoderEvent;

    /// <param name="Input">What the tool was given: JSON, or a command line.</param>
    internal sealed record ToolStarted(string Id, string Tool, string Input) : CoderEvent;

    internal sealed record ToolFinished(string Id, bool Failed, string Output) : CoderEvent;

    /// <summary>A tool call that was not allowed, by whomever.</summary>
    internal sealed record ToolDenied(string Id, string Tool, string Why) : CoderEvent;

    /// <summary>It waits until someone allows or denies a tool call.</summary>
    /// <param name="Request">Names the request in the answer.</param>
    internal sealed record ApprovalAsked(string Request, string Tool, string Input) : CoderEvent;

    /// <summary>It waits for an answer that only a person can give.</summary>
    internal sealed record QuestionAsked(string Request, string Words) : CoderEvent;

    /// <summary>What was spent since the last such event, never a total.</summary>
    /// <param name="IsExact">The coder's own figures; else an estimate.</param>
    internal sealed record UsageSeen(Usage Delta, bool IsExact) : CoderEvent;

    /// <summary>How full the model's context is now.</summary>
    internal sealed record ContextSeen(long Tokens, long? Of) : CoderEvent;

    /// <summary>It tries a failed request again by itself.</summary>
    internal sealed record RetrySeen(int Attempt, TimeSpan? Delay, ErrorClass Class) : CoderEvent;

    /// <summary>How full a window of the account is.</summary>
    /// <param name="Window">The vendor's name for it: <c>five_hour</c>, <c>primary</c>.</param>
    /// <param name="Used">From 0 to 1, where it is known.</param>
    /// <param name="IsReached">Nothing more is served until it resets.</param>
    /// <param name="ResetsIn">Where only that is told: how long after its line was written it resets.</param>
    internal sealed record LimitSeen(
        string Window,
        double? Used,
        DateTimeOffset? ResetsAt,
        bool IsReached,
        TimeSpan? ResetsIn = null
    ) : CoderEvent;

    internal sealed record TurnEnded(TurnEnd End) : CoderEvent;

    /// <summary>Something worth a line in the rendered transcript, and no more.</summary>
    internal sealed record Notice(string Words) : CoderEvent;
}
