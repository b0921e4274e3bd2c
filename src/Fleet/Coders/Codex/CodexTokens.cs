using System.Text.Json;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Codex;

/// <summary>Codex counts what the cache held as part of the input; Fleet counts each token once.</summary>
internal static class CodexTokens
{
    /// <summary>As app-server writes them.</summary>
    public static Usage Of(JsonElement tokens) =>
        Of(
            tokens.Number("inputTokens"),
            tokens.Number("cachedInputTokens"),
            tokens.Number("cacheWriteInputTokens"),
            tokens.Number("outputTokens"),
            tokens.Number("reasoningOutputTokens")
        );

    /// <summary>As <c>exec</c> writes them.</summary>
    public static Usage OfExec(JsonElement tokens) =>
        Of(
            tokens.Number("input_tokens"),
            tokens.Number("cached_input_tokens"),
            tokens.Number("cache_write_input_tokens"),
            tokens.Number("output_tokens"),
            tokens.Number("reasoning_output_tokens")
        );

    private static Usage Of(long? all, long? read, long? written, long? output, long? reasoning) =>
        new(all is null ? null : Math.Max(0, all.Value - (read ?? 0) - (written ?? 0)), read, written, output, reasoning);
}
