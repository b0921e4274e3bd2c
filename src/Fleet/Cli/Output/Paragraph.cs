using System.Text;

namespace Fleet.Cli.Output;

/// <summary>Text broken at its spaces.</summary>
internal static class Paragraph
{
    /// <summary>What is not made for one screen stays readable on a small one.</summary>
    public const int Narrow = 80;

    /// <summary>A text behind its label, in lines of at most so many columns, one below the other.</summary>
    /// <remarks>A word that is longer than a line keeps a line of its own.</remarks>
    public static string Of(string label, string text, int columns = Narrow)
    {
        var indent = Columns.Of(label);
        var written = new StringBuilder(label);
        var width = indent;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var isFirst = width == indent;
            var wide = Columns.Of(word);
            if (!isFirst && width + 1 + wide > columns)
            {
                written.Append('\n').Append(' ', indent).Append(word);
                width = indent + wide;
            }
            else
            {
                written.Append(isFirst ? "" : " ").Append(word);
                width += (isFirst ? 0 : 1) + wide;
            }
        }

        return written.Append('\n').ToString();
    }
}
