using System.Globalization;
using System.Text;

namespace Fleet.Settings;

/// <summary>One mistake in a settings file: what, where, why, and what to do next.</summary>
/// <param name="What">The mistake in one sentence.</param>
/// <param name="File">The file as the person knows it.</param>
/// <param name="Line">From 1; 0 when the mistake has no line (a file that is too large).</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Length">How much of the line is meant.</param>
/// <param name="Source">The line itself.</param>
/// <param name="Why">The rule that was broken.</param>
/// <param name="DidYouMean">What was probably meant.</param>
/// <param name="Next">The next command to try.</param>
internal sealed record SettingsError(
    string What,
    string File,
    int Line,
    int Column,
    int Length,
    string Source,
    string Why,
    string? DidYouMean,
    string Next
)
{
    private const int Window = 100;
    private const int LeadIn = 60;

    /// <summary>The error as a person reads it, with the place marked by carets.</summary>
    public string Render()
    {
        var text = new StringBuilder();
        text.Append("error  ").Append(Plain(What)).Append('\n');
        AppendPlace(text);
        if (DidYouMean is not null)
        {
            text.Append("  did you mean \"").Append(Plain(DidYouMean)).Append("\"?\n");
        }

        return text.Append("  try:  ").Append(Next).Append('\n').ToString();
    }

    private void AppendPlace(StringBuilder text)
    {
        if (Line == 0)
        {
            text.Append("  ").Append(Plain(File)).Append("\n  ").Append(Plain(Why)).Append('\n');
            return;
        }

        var (line, column) = Cut();
        var length = Math.Clamp(Length, 1, Math.Max(1, line.Length - column));
        var number = Line.ToString(CultureInfo.InvariantCulture).PadLeft(4);
        text.Append(CultureInfo.InvariantCulture, $"  {Plain(File)}:{Line}:{Column}\n")
            .Append(CultureInfo.InvariantCulture, $" {number} | {line}\n")
            .Append(' ', number.Length + 1)
            .Append(" | ")
            .Append(' ', column)
            .Append('^', length)
            .Append(CultureInfo.InvariantCulture, $" {Plain(Why)}\n");
    }

    /// <summary>The part of a very long line around the mistake, and where in it the mistake is.</summary>
    private (string Line, int Column) Cut()
    {
        var column = Math.Clamp(Column - 1, 0, Source.Length);
        var start = column > Window - 20 ? column - LeadIn : 0;
        var end = Math.Min(Source.Length, start + Window);
        return (Plain(Source[start..end]), column - start);
    }

    /// <summary>The text without anything that moves a cursor or hides; one column per character.</summary>
    private static string Plain(string text) =>
        string.Create(
            text.Length,
            text,
            static (target, source) =>
            {
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] =
                        source[i] is '\t' ? ' '
                        : Hides(source[i]) ? '\uFFFD'
                        : source[i];
                }
            }
        );

    private static bool Hides(char character) =>
        char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
