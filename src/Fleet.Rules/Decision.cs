using System.Collections.Immutable;

namespace Fleet.Rules;

/// <summary>What an input leads to: events to append, and an answer for whoever asked.</summary>
public sealed record Decision(ImmutableArray<Event> Events, Answer? Answer)
{
    public static readonly Decision Nothing = new([], null);

    public static Decision Of(params ReadOnlySpan<Event> events) => new([.. events], null);

    public static Decision Of(IEnumerable<Event> events) => new([.. events], null);

    public static Decision Done(string message, params ReadOnlySpan<Event> events) =>
        new([.. events], new Answer(Answer.Done, message));

    /// <summary>With what else follows, where anything followed at all.</summary>
    public Decision And(Func<IEnumerable<Event>> more) =>
        Events.IsEmpty ? this : this with { Events = [.. Events, .. more()] };

    public static Decision Say(Answer answer) => new([], answer);

    public static Decision Refuse(int code, string message, string hint) => new([], new Answer(code, message, hint));
}
