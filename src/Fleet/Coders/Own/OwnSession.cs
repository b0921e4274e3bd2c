using System.Collections.Immutable;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Own;

/// <summary>Where the lines stand that tell of a limit.</summary>
internal enum LimitsIn
{
    EveryLine,

    /// <summary>Not in the stream itself: there the model may speak of limits that are not its own.</summary>
    WordsBetween,
}

/// <summary>The reading of another coder's stream, with what a person's settings add to it.</summary>
internal sealed class OwnSession(ICoderSession stream, CoderSettings settings, bool isSpokenTo, LimitsIn readsLimits)
    : ICoderSession
{
    private readonly ImmutableArray<LimitPattern> limits = [.. settings.Limits.Select(text => new LimitPattern(text))];

    public Usage? Unsettled => stream.Unsettled;

    public bool HasUnheard => stream.HasUnheard;

    public CoderStep Begin() => Told(stream.Begin());

    public CoderStep Take(ReadOnlySpan<byte> line)
    {
        var step = Told(stream.Take(line));
        return Limit(line) is { } limit ? step with { Events = [.. step.Events, limit] } : step;
    }

    public CoderStep Answer(string request, bool allowed, string why) =>
        isSpokenTo ? stream.Answer(request, allowed, why) : CoderStep.Nothing;

    public CoderStep? Say(string words) => isSpokenTo ? stream.Say(words) : null;

    public CoderStep? Interrupt() => isSpokenTo ? stream.Interrupt() : null;

    /// <summary>What it does not say itself, the settings say; one that does not listen is not written to.</summary>
    private CoderStep Told(CoderStep step) =>
        step.Events.IsEmpty && step.Lines.IsEmpty
            ? CoderStep.Nothing
            : new CoderStep([.. step.Events.Select(Told)], isSpokenTo ? step.Lines : []);

    private CoderEvent Told(CoderEvent seen) =>
        seen switch
        {
            CoderEvent.SessionStarted { ContextTokens: null } started => started with
            {
                ContextTokens = settings.Context,
            },
            CoderEvent.ContextSeen { Of: null } context => context with { Of = settings.Context },
            _ => seen,
        };

    private CoderEvent.LimitSeen? Limit(ReadOnlySpan<byte> line)
    {
        var between = line.Trim(" \t\r\0"u8);
        if (limits.IsEmpty || (readsLimits is LimitsIn.WordsBetween && between is [(byte)'{', ..]))
        {
            return null;
        }

        foreach (var pattern in limits)
        {
            if (pattern.Match(between) is { } limit)
            {
                return limit;
            }
        }

        return null;
    }
}
