using System.Text;

namespace Fleet.Cli.Output;

/// <summary>Where a command reads and writes, and what may be written there.</summary>
internal sealed record Terminal(TextReader In, Stream Out, TextWriter Error, bool Prompts, bool IsScreen, bool Colours)
{
    private const int NarrowestScreen = 40;
    private const int LowestScreen = 10;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Columns that a line may have; none where lines may be of any length.</summary>
    public int? Width { get; init; }

    /// <summary>Lines of a screen on which a picture can be drawn anew in place; none anywhere else.</summary>
    public int? Height { get; init; }

    /// <summary>This process's own: colours only on a screen, questions only where someone can answer.</summary>
    public static Terminal OfProcess(Func<string, string?> environment)
    {
        var screen = !Console.IsOutputRedirected;
        var dumb = environment("TERM") is "dumb" or "" or null;
        return new Terminal(
            new StreamReader(Console.OpenStandardInput(), Utf8),
            Console.OpenStandardOutput(),
            new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true },
            Prompts: !Console.IsInputRedirected && !Console.IsErrorRedirected,
            IsScreen: screen,
            Colours: screen && !dumb && string.IsNullOrEmpty(environment("NO_COLOR"))
        )
        {
            Width = screen ? Math.Max(NarrowestScreen, Console.WindowWidth) : null,
            Height = screen && !dumb ? Math.Max(LowestScreen, Console.WindowHeight) : null,
        };
    }

    public void Write(string text) => Write(Utf8.GetBytes(text));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Out.Write(bytes);
        Out.Flush();
    }

    public void Line(string text) => Write(text + "\n");

    /// <summary>Talk that is not the answer: for a person, never for the next program in a pipe.</summary>
    public void Note(string text) => Error.WriteLine(text);

    /// <summary>Asks a person yes or no; null where nobody can answer.</summary>
    public bool? Confirm(string question)
    {
        if (!Prompts)
        {
            return null;
        }

        Error.Write($"{question} [y/N] ");
        return In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
