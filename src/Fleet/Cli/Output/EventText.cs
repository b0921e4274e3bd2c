using System.Globalization;
using Fleet.Rules.Views;

namespace Fleet.Cli.Output;

/// <summary>The record as people read it: one line for each event.</summary>
internal static class EventText
{
    private const int PipeWidth = 400;

    public static string Line(EventRow row, Terminal terminal)
    {
        var about = row.Run ?? (row.Task is { } task ? $"{task}" : "");
        return Plain.Cut($"{Head(row)}{about, -6}  {Plain.Line(row.Words)}", terminal.Width ?? PipeWidth);
    }

    /// <summary>All of what one event says, in as many lines as that takes.</summary>
    public static string Whole(EventRow row, Terminal terminal) =>
        Paragraph.Of(Head(row), Plain.Line(row.Words), terminal.Width ?? PipeWidth);

    private static string Head(EventRow row)
    {
        var seq = row.Seq.ToString(CultureInfo.InvariantCulture).PadLeft(6);
        return $"{seq}  {Words.Of(row.At)}  {Words.Mark(row.By)} {Plain.Line(row.Actor).PadRight(16)}  ";
    }
}
