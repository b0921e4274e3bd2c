using System.Text;

namespace Fleet.Cli.Output;

/// <summary>One cell: its text is made safe when it is written.</summary>
internal readonly record struct Cell(string Text, Ink Ink = Ink.None)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>Columns of text, aligned; the last one takes what is left of the line.</summary>
/// <remarks>Columns without any value are left out. A library for this would double the time a command takes.</remarks>
internal sealed class Table(params string[] headings)
{
    private const int Gap = 2;
    private const int WidestCell = 60;
    private const int NarrowestLast = 12;

    private readonly List<Cell[]> rows = [];

    public void Add(params Cell[] cells) => rows.Add(cells);

    public string Render(Terminal terminal)
    {
        var shown = Enumerable.Range(0, headings.Length).Where(IsUsed).ToArray();
        // A pipe gets every text whole; on a screen one long cell must not push the others away.
        var widest = terminal.Width is null ? int.MaxValue : WidestCell;
        var widths = shown.Select(column => Math.Min(WidthOf(column), widest)).ToArray();
        if (terminal.Width is { } width && widths.Length > 0)
        {
            var others = widths[..^1].Sum() + (Gap * (widths.Length - 1));
            widths[^1] = Math.Clamp(widths[^1], 0, Math.Max(NarrowestLast, width - others));
        }

        var text = new StringBuilder();
        Append(text, [.. headings.Select(heading => new Cell(heading, Ink.Faint))], shown, widths, terminal.Colours);
        foreach (var row in rows)
        {
            Append(text, row, shown, widths, terminal.Colours);
        }

        return text.ToString();
    }

    private bool IsUsed(int column) => rows.Exists(row => row[column].Text.Length > 0);

    private int WidthOf(int column) =>
        Math.Max(Columns.Of(headings[column]), rows.Max(row => Columns.Of(row[column].Text)));

    private static void Append(StringBuilder text, Cell[] row, int[] shown, int[] widths, bool colours)
    {
        for (var i = 0; i < shown.Length; i++)
        {
            var cell = row[shown[i]];
            var last = i == shown.Length - 1;
            var cut = Plain.Cut(cell.Text, widths[i]);
            text.Append(Words.Paint(last ? cut : Columns.Pad(cut, widths[i]), cell.Ink, colours));
            text.Append(last ? "\n" : new string(' ', Gap));
        }
    }
}
