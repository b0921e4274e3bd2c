using System.Text;

namespace Fleet.Coders.Lines;

/// <summary>A program that prints words for people: each line is something it said, and no more is known.</summary>
/// <remarks>No turn of it ever ends: whether it did its work is told by its exit.</remarks>
internal sealed class LinesSession : ICoderSession
{
    public CoderStep Begin() => CoderStep.Nothing;

    public CoderStep Take(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd("\r\0"u8);
        return line.IsEmpty
            ? CoderStep.Nothing
            : CoderStep.Saw(
                new CoderEvent.Text(Encoding.UTF8.GetString(line).Replace("\0", "", StringComparison.Ordinal))
            );
    }

    public CoderStep Answer(string request, bool allowed, string why) => CoderStep.Nothing;

    public CoderStep? Say(string words) => null;

    public CoderStep? Interrupt() => null;
}
