using System.Text.Json;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Codex;

/// <summary>Codex counts what the cache held as part of the input; Fleet counts each token once.</summary>
internal static class CodexTokens
{
    /// <summary>As app-server writes them.</summary>
    public static Usage Of(JsonElement tokens) =>
        Of(
            tokens.Whole("inputTokens"u8),
            tokens.Whole("cachedInputTokens"u8),
            tokens.Whole("cacheWriteInputTokens"u8),
            tokens.Whole("outputTokens"u8),
            tokens.Whole("reasoningOutputTokens"u8)
        );

    /// <summary>As <c>exec</c> writes them.</summary>
    public static Usage OfExec(JsonElement tokens) =>
        Of(
            tokens.Whole("input_tokens"u8),
            tokens.Whole("cached_input_tokens"u8),
            tokens.Whole("cache_write_input_tokens"u8),
            tokens.Whole("output_tokens"u8),
            tokens.Whole("reasoning_output_tokens"u8)
        );

    private static Usage Of(long? all, long? read, long? written, long? output, long? reasoning) =>
        new(
            all is null ? null : Math.Max(0, all.Value - (read ?? 0) - (written ?? 0)),
            read,
            written,
            output,
            reasoning
        );
}
