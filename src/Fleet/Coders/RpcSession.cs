using System.Text.Json;

namespace Fleet.Coders;

/// <summary>A conversation in JSON-RPC, in which both sides ask.</summary>
/// <param name="methods">Those that matter; a notice of any other is passed over without being read.</param>
internal abstract class RpcSession(string[] methods) : ICoderSession
{
    public abstract CoderStep Begin();

    public abstract CoderStep Answer(string request, bool allowed, string why);

    public abstract CoderStep? Say(string words);

    public abstract CoderStep? Interrupt();

    public virtual bool HasUnheard => false;

    public CoderStep Take(ReadOnlySpan<byte> line)
    {
        if (!RpcHead.TryRead(line, methods, out var head) || head is { HasId: false, Method: null })
        {
            return CoderStep.Nothing;
        }

        using var json = JsonLine.Parse(line);
        try
        {
            return json is null ? CoderStep.Nothing : Take(head, json.RootElement);
        }
        catch (InvalidOperationException)
        {
            // A name in it is no text.
            return CoderStep.Nothing;
        }
    }

    /// <summary>The coder answered a request of Fleet's.</summary>
    protected abstract CoderStep Answered(JsonElement answer);

    /// <param name="request">The id as it was written, so that the answer carries the same.</param>
    protected abstract CoderStep Asked(string request, string? method, JsonElement parameters);

    protected abstract CoderStep Told(string method, JsonElement parameters);

    private CoderStep Take(RpcHead head, JsonElement message) =>
        !head.HasMethod ? Answered(message)
        : head.HasId ? Asked(message.Field("id"u8).Raw(), head.Method, message.Field("params"u8))
        : Told(head.Method!, message.Field("params"u8));
}
