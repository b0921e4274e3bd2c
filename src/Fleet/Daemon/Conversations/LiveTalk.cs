using Fleet.Coders;
using Fleet.Rules.Spending;
using Fleet.Rules.Views;

namespace Fleet.Daemon.Conversations;

/// <summary>What a live run's stream told so far, added up for the views: none of it is an event.</summary>
internal sealed class LiveTalk(TimeProvider clock)
{
    private Usage spent = Usage.Unknown;
    private bool isExact = true;
    private long? contextTokens;
    private long? contextSize;
    private int retries;
    private LiveLimit? limit;
    private string last = "";
    private volatile LiveFigures? figures;

    /// <summary>As it stood when the stream was last read; none before it said anything.</summary>
    public LiveFigures? Figures => figures;

    public void Take(CoderEvent seen)
    {
        switch (seen)
        {
            case CoderEvent.SessionStarted { ContextTokens: { } size }:
                contextSize = size;
                break;
            case CoderEvent.UsageSeen usage:
                (spent, isExact) = (spent + usage.Delta, isExact && usage.IsExact);
                break;
            case CoderEvent.ContextSeen context:
                (contextTokens, contextSize) = (context.Tokens, context.Of ?? contextSize);
                break;
            case CoderEvent.RetrySeen:
                retries++;
                break;
            case CoderEvent.LimitSeen window:
                limit = Fullest(limit, window);
                break;
        }

        last = CoderEventWords.Of(seen) ?? last;
    }

    /// <param name="unsettled">What the turn that goes on has cost by Fleet's estimate.</param>
    public void Publish(Usage? unsettled) =>
        figures = new LiveFigures(
            unsettled is null ? spent : spent + unsettled,
            !isExact || unsettled is not null,
            contextTokens,
            contextSize,
            retries,
            limit,
            last
        );

    /// <summary>The newest word about the same window counts; of two windows the fuller one is nearer.</summary>
    private LiveLimit Fullest(LiveLimit? known, CoderEvent.LimitSeen seen)
    {
        var resets = seen.ResetsAt ?? (seen.ResetsIn is { } wait ? clock.GetUtcNow() + wait : null);
        var now = new LiveLimit(seen.Window, seen.Used, resets, seen.IsReached);
        return known is null || known.Window == now.Window || Fullness(now) >= Fullness(known) ? now : known;
    }

    private static double Fullness(LiveLimit limit) => limit.IsReached ? 1 : limit.Used ?? 0;
}
