using System.Text.Json;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Claude;

/// <summary>What a session has cost: the figures by model are the only ones that count no call twice.</summary>
internal sealed class ClaudeUsage(Usage before)
{
    private Usage counted = before;

    /// <summary>What this turn added, exactly; null where a result counts nothing.</summary>
    /// <remarks>
    /// The figures by model, and the money, grow over the whole session, also across processes that resumed it. Newer
    /// versions also say what was added since the last result.
    /// </remarks>
    public Usage? Added(JsonElement result)
    {
        var models = result.Field("modelUsage"u8);
        if (models.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        var (total, last) = (Sum(models), counted);
        counted = total;
        var since = result.Field("model_usage_since_last_result"u8);
        return since.ValueKind is JsonValueKind.Object ? Sum(since) : total.Since(last);
    }

    /// <summary>How much fits into the context of a model, as a result tells it.</summary>
    public static long? ContextOf(JsonElement result, string? model)
    {
        long? first = null;
        foreach (var one in result.Field("modelUsage"u8).Members())
        {
            var size = one.Value.Whole("contextWindow"u8);
            if (model is not null && one.NameEquals(model))
            {
                return size;
            }

            first ??= size;
        }

        return first;
    }

    /// <summary>Nothing by any model is nothing spent, not something unknown.</summary>
    private static Usage Sum(JsonElement models)
    {
        var sum = new Usage(0, 0, 0, 0, 0, 0);
        foreach (var model in models.Members())
        {
            sum += new Usage(
                model.Value.Whole("inputTokens"u8),
                model.Value.Whole("cacheReadInputTokens"u8),
                model.Value.Whole("cacheCreationInputTokens"u8),
                model.Value.Whole("outputTokens"u8),
                model.Value.Whole("thinkingTokens"u8),
                model.Value.Amount("costUSD"u8)
            );
        }

        return sum;
    }
}
