using System.Text.Json;

namespace Fleet.Coders;

/// <summary>A conversation that is only read: the coder got its prompt with its start and takes nothing more.</summary>
internal abstract class ReadSession : ICoderSession
{
    public CoderStep Begin() => CoderStep.Nothing;

    public CoderStep Answer(string request, bool allowed, string why) => CoderStep.Nothing;

    public CoderStep? Say(string words) => null;

    public CoderStep? Interrupt() => null;

    public CoderStep Take(ReadOnlySpan<byte> line)
    {
        using var json = JsonLine.Parse(line);
        try
        {
            return json is null ? CoderStep.Nothing : Take(json.RootElement);
        }
        catch (InvalidOperationException)
        {
            // A name in it is no text.
            return CoderStep.Nothing;
        }
    }

    protected abstract CoderStep Take(JsonElement line);

    protected static CoderStep Step(CoderEvent? seen) => seen is null ? CoderStep.Nothing : CoderStep.Saw(seen);
}
