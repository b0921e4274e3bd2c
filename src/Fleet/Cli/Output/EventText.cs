using System.Globalization;
using Fleet.Rules.Views;

namespace Fleet.Cli.Output;

/// <summary>The record as people read it: one line for each event.</summary>
internal static class EventText
{
    private const int PipeWidth = 400;

    public static string Line(EventRow row, Terminal terminal)
    {
        var seq = row.Seq.ToString(CultureInfo.InvariantCulture).PadLeft(6);
        var actor = Plain.Line(row.Actor).PadRight(16);
        var about = row.Run ?? (row.Task is { } task ? $"{task}" : "");
        var line = $"{seq}  {Words.Of(row.At)}  {Words.Mark(row.By)} {actor}  {about, -6}  {Plain.Line(row.Words)}";
        return Plain.Cut(line, terminal.Width ?? PipeWidth);
    }
}
