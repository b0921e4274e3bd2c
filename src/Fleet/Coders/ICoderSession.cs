using System.Collections.Immutable;
using Fleet.Rules.Spending;

namespace Fleet.Coders;

/// <summary>
/// One conversation with one process of a coder, as a pure machine: lines that it printed go in, events and lines to
/// write to it come out. It never throws for what a coder printed: unknown events, garbage, half lines and NULs give
/// no event.
/// </summary>
internal interface ICoderSession
{
    /// <summary>What is written first. A coder that got its prompt otherwise needs nothing.</summary>
    CoderStep Begin();

    /// <summary>One line of its output, without the end.</summary>
    CoderStep Take(ReadOnlySpan<byte> line);

    /// <summary>Answers an <see cref="CoderEvent.ApprovalAsked"/>; an unknown request gives nothing.</summary>
    CoderStep Answer(string request, bool allowed, string why);

    /// <summary>Says something to it now; null where this coder cannot be spoken to.</summary>
    CoderStep? Say(string words);

    /// <summary>Asks it to end its turn; null where only a signal does.</summary>
    CoderStep? Interrupt();

    /// <summary>
    /// Words of <see cref="Say"/> are on their way: a turn that ends before they arrive is not the last.
    /// </summary>
    bool HasUnheard => false;

    /// <summary>
    /// What was spent since the last <see cref="CoderEvent.UsageSeen"/>, as far as the lines so far tell: an estimate,
    /// for a turn that goes on or that will never end. Null where they tell nothing.
    /// </summary>
    Usage? Unsettled => null;
}

/// <summary>What one step of a conversation gave.</summary>
/// <param name="Lines">To be written to the coder, each with a line end.</param>
internal readonly record struct CoderStep(ImmutableArray<CoderEvent> Events, ImmutableArray<string> Lines)
{
    public static readonly CoderStep Nothing = new([], []);

    public static CoderStep Saw(params ImmutableArray<CoderEvent> events) => new(events, []);

    public static CoderStep Write(params ImmutableArray<string> lines) => new([], lines);
}
