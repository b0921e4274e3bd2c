using System.Runtime.CompilerServices;

namespace Fleet.Simulation;

/// <summary>What happened in one world, line by line; costs nothing when nobody reads it.</summary>
internal sealed class Trace(Timeline time, bool on)
{
    private const int Widest = 220;
    private readonly List<string> lines = [];

    public bool On { get; } = on;

    public IReadOnlyList<string> Lines => lines;

    public void Say([InterpolatedStringHandlerArgument("")] ref Line line)
    {
        if (On)
        {
            var text = line.Text();
            lines.Add($"{time.Elapsed:d\\.hh\\:mm\\:ss\\.fff}  {(text.Length > Widest ? text[..Widest] + "…" : text)}");
        }
    }

    /// <summary>Builds a line only when the trace is on.</summary>
    [InterpolatedStringHandler]
    internal ref struct Line
    {
        private DefaultInterpolatedStringHandler text;
        private readonly bool on;

        public Line(int literals, int holes, Trace trace, out bool wanted)
        {
            wanted = on = trace.On;
            text = on ? new DefaultInterpolatedStringHandler(literals, holes) : default;
        }

        public void AppendLiteral(string part) => text.AppendLiteral(part);

        public void AppendFormatted<T>(T part) => text.AppendFormatted(part);

        public string Text() => on ? text.ToStringAndClear() : "";
    }
}
