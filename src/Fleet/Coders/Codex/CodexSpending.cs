using System.Text.Json;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Codex;

/// <summary>Tokens after each model call: what the call added, and how full the context is.</summary>
internal sealed class CodexSpending
{
    private readonly Dictionary<string, Usage> totals = new(StringComparer.Ordinal);

    /// <param name="isOwn">Of the run's own thread: another's context is not the run's.</param>
    /// <param name="turn">
    /// The turn that runs: a thread that is resumed first repeats what its last turn had spent.
    /// </param>
    public IEnumerable<CoderEvent> Seen(JsonElement told, bool isOwn, string? turn)
    {
        var tokens = told.Field("tokenUsage"u8);
        var last = tokens.Field("last"u8);
        var delta = Delta(told.Text("threadId"u8) ?? "", CodexTokens.Of(tokens.Field("total"u8)), CodexTokens.Of(last));
        if (turn is not null && (!isOwn || told.Text("turnId"u8) == turn) && delta.Tokens > 0)
        {
            yield return new CoderEvent.UsageSeen(delta, IsExact: true);
        }

        if (isOwn && last.Whole("totalTokens"u8) is { } context)
        {
            yield return new CoderEvent.ContextSeen(context, tokens.Whole("modelContextWindow"u8));
        }
    }

    /// <summary>By the total where one was seen: a repeated notice adds nothing, a missed one loses nothing.</summary>
    private Usage Delta(string thread, Usage total, Usage last)
    {
        var delta = totals.TryGetValue(thread, out var before) ? total.Since(before) : last;
        totals[thread] = total;
        return delta;
    }
}
