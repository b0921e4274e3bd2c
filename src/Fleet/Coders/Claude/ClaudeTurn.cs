using System.Text.Json;
using Fleet.Rules.Spending;

namespace Fleet.Coders.Claude;

/// <summary>What is known of a turn while it goes on.</summary>
internal sealed class ClaudeTurn
{
    /// <summary>A token is about so many characters of English or code.</summary>
    private const int CharactersPerToken = 4;

    private readonly HashSet<string> messages = new(StringComparer.Ordinal);
    private string? message;
    private Usage sent = Usage.Unknown;
    private long characters;
    private long streamed;

    /// <summary>The class of error that its last words named.</summary>
    public string? Error { get; set; }

    /// <summary>A window of the account was reached.</summary>
    public bool IsLimited { get; set; }

    public bool IsInterrupted { get; set; }

    /// <summary>
    /// What it has cost so far: what each request sent is known, what came back is guessed from its length, because a
    /// message names its output only before it is written.
    /// </summary>
    public Usage? Estimate =>
        messages.Count == 0 ? null : sent + new Usage(Output: Math.Max(streamed, characters / CharactersPerToken));

    /// <summary>Counts a message once, however many lines it comes in; what it sent, where it is a new one.</summary>
    public Usage? Count(JsonElement words)
    {
        foreach (var block in words.Field("content"u8).Items())
        {
            characters += block.Raw().Length;
        }

        if (words.Text("id"u8) is not { } id || id == message || !messages.Add(id))
        {
            return null;
        }

        message = id;
        var usage = words.Field("usage"u8);
        var request = new Usage(
            usage.Whole("input_tokens"u8),
            usage.Whole("cache_read_input_tokens"u8),
            usage.Whole("cache_creation_input_tokens"u8)
        );
        sent += request;
        return request;
    }

    /// <summary>Where messages come in pieces, the last piece tells the output.</summary>
    public void CountPiece(JsonElement piece) => streamed += piece.Field("usage"u8).Whole("output_tokens"u8) ?? 0;
}
