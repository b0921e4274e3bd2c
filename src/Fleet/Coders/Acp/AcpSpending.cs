using System.Text.Json;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Acp;

/// <summary>What a conversation costs: tokens with each turn's end, money as a running total.</summary>
internal sealed class AcpSpending(Usage before, AcpDialect dialect)
{
    private Usage money = new(Usd: before.Usd);
    private CoderEvent.ContextSeen? told;
    private int calls = 1;
    private bool toolHasEnded;

    public void ForgetTurn()
    {
        calls = 1;
        toolHasEnded = false;
    }

    /// <summary>Words or a new tool after the end of another one mean that the model was called again.</summary>
    public void ModelSpoke()
    {
        calls += toolHasEnded ? 1 : 0;
        toolHasEnded = false;
    }

    public void ToolUpdated(bool isNew, string? status)
    {
        if (isNew)
        {
            ModelSpoke();
        }

        toolHasEnded |= status is "completed" or "failed";
    }

    public IEnumerable<CoderEvent> Updated(JsonElement update)
    {
        var cost = update.Field("cost"u8);
        if (cost.Amount("amount"u8) is { } amount && cost.Is("currency"u8, "USD"u8))
        {
            var total = new Usage(Usd: amount);
            var delta = total.Since(money);
            money = total;
            if (delta.Usd > 0)
            {
                yield return new CoderEvent.UsageSeen(delta, IsExact: true);
            }
        }

        if (update.Whole("used"u8) is { } used)
        {
            var context = new CoderEvent.ContextSeen(used, update.Whole("size"u8));
            if (context != told)
            {
                yield return told = context;
            }
        }
    }

    /// <summary>Null where the agent counts no tokens.</summary>
    public CoderEvent? TurnEnded(JsonElement result) =>
        result.Field("usage"u8) is { ValueKind: JsonValueKind.Object } usage ? OfUsage(Tokens(usage))
        : result.Field("_meta"u8).Field("quota"u8).Field("token_count"u8) is { ValueKind: JsonValueKind.Object } quota
            ? OfQuota(quota)
        : null;

    /// <summary>A turn of several model calls is taken as that many times its last, and is an estimate then.</summary>
    private CoderEvent.UsageSeen OfUsage(Usage tokens) =>
        dialect.TellsLastCallOnly && calls > 1
            ? new CoderEvent.UsageSeen(Times(tokens, calls), IsExact: false)
            : new CoderEvent.UsageSeen(tokens, IsExact: true);

    /// <summary>Gemini's count: what the cache held is not told apart, and reasoning is left out.</summary>
    private static CoderEvent.UsageSeen OfQuota(JsonElement quota) =>
        new(new Usage(Input: quota.Whole("input_tokens"u8), Output: quota.Whole("output_tokens"u8)), IsExact: false);

    private static Usage Tokens(JsonElement usage) =>
        WholeOutput.Of(
            new Usage(
                usage.Whole("inputTokens"u8),
                usage.Whole("cachedReadTokens"u8),
                usage.Whole("cachedWriteTokens"u8),
                usage.Whole("outputTokens"u8),
                usage.Whole("thoughtTokens"u8)
            ),
            usage.Whole("totalTokens"u8)
        );

    private static Usage Times(Usage usage, int calls) =>
        new(
            usage.Input * calls,
            usage.CacheRead * calls,
            usage.CacheWrite * calls,
            usage.Output * calls,
            usage.Reasoning * calls
        );
}
