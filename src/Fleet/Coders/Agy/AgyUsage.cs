using System.Text.Json;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Agy;

/// <summary>The tokens of one run; nothing but zeros means that it did not count them.</summary>
internal static class AgyUsage
{
    /// <summary>
    /// Whether what came from the cache counts as input, and thinking as output, is told by the total alone; without
    /// one it is as with the vendor's other programs: the cache is part of the input, thinking is beside the output.
    /// </summary>
    public static Usage? Of(JsonElement usage)
    {
        if (usage.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        var (input, cached) = (usage.Whole("input_tokens"u8), usage.Whole("cache_read_tokens"u8));
        var (output, thinking) = (usage.Whole("output_tokens"u8), usage.Whole("thinking_tokens"u8));
        var (inCache, inThought) = (cached ?? 0, thinking ?? 0);
        var beside = usage.Whole("total_tokens"u8) - (input ?? 0) - (output ?? 0) ?? inThought;
        if (beside == inThought || beside == inThought + inCache)
        {
            output += inThought;
        }

        var isCacheBeside = (beside == inCache && beside != inThought) || beside == inThought + inCache;
        if (!isCacheBeside && input >= inCache)
        {
            input -= inCache;
        }

        return new Usage(input, cached, null, output, thinking);
    }
}
