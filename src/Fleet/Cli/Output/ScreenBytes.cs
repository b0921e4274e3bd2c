using System.Text;

namespace Fleet.Cli.Output;

/// <summary>Writes a stream of foreign bytes: exactly into a pipe, made safe onto a screen.</summary>
internal sealed class ScreenBytes(Terminal terminal)
{
    private readonly Decoder decoder = new UTF8Encoding(false).GetDecoder();
    private string open = "";

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!terminal.IsScreen)
        {
            terminal.Write(bytes);
            return;
        }

        var letters = new char[decoder.GetCharCount(bytes, flush: false)];
        decoder.GetChars(bytes, letters, flush: false);
        var text = open + new string(letters);

        // An escape sequence may be cut by the end of the piece: what follows the last line end waits for more.
        var end = text.LastIndexOf('\n') + 1;
        var late = text.IndexOf('\u001b', end) is >= 0 and var escape ? escape : text.Length;
        open = text[late..];
        terminal.Write(Plain.Lines(text[..late]));
    }
}
