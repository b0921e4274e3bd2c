using System.Text;

namespace Fleet.Cli.Output;

/// <summary>Text that is drawn again in its own place; what stood above it on the screen stays.</summary>
internal sealed class Picture(Terminal terminal)
{
    private const string ToEndOfLine = "\u001b[K";
    private const string ToEndOfScreen = "\u001b[J";
    private int drawn;

    /// <summary>Replaces what it drew last; what does not fit the screen is left out.</summary>
    public void Show(string text)
    {
        var most = (terminal.Height ?? int.MaxValue) - 1;
        var lines = text.TrimEnd('\n').Split('\n').Take(most).ToArray();
        var frame = new StringBuilder(drawn == 0 ? "" : $"\u001b[{drawn}A\r");
        foreach (var line in lines)
        {
            frame.Append(line).Append(ToEndOfLine).Append('\n');
        }

        drawn = lines.Length;
        terminal.Write(frame.Append(ToEndOfScreen).ToString());
    }
}
