using System.Globalization;
using System.Text;

namespace Fleet.Settings;

/// <summary>Whose settings a file holds: the home's, or one repository's.</summary>
internal enum SettingsKind
{
    Home,
    Repository,
}

/// <summary>The text of a settings file that is safe to parse, with the places of its lines.</summary>
/// <remarks>The text has LF line ends only, no byte order mark, and no character that could hide or end it.</remarks>
internal sealed class SettingsSource
{
    /// <summary>Larger files are refused before they are read.</summary>
    public const int MaxBytes = 1 << 20;

    private readonly List<int> _lineStarts = [0];

    private SettingsSource(string file, SettingsKind kind, string text)
    {
        (File, Kind, Text) = (file, kind, text);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    public string File { get; }
    public SettingsKind Kind { get; }
    public string Text { get; }

    /// <summary>Null, with the reason, when the bytes are not a text that settings may be written in.</summary>
    public static SettingsSource? Of(ReadOnlySpan<byte> bytes, SettingsKind kind, string file, out SettingsError? error)
    {
        error = null;
        if (bytes.Length > MaxBytes)
        {
            error = TooLarge(file, bytes.Length);
            return null;
        }

        bytes = bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;
        var text = Lines(Encoding.UTF8.GetString(bytes));
        var source = new SettingsSource(file, kind, text);
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            error = source.NotUtf8(bytes);
            return null;
        }

        var bad = text.AsSpan().IndexOfAny(Forbidden);
        error = bad < 0 ? null : source.Forbids(bad);
        return error is null ? source : null;
    }

    /// <summary>An error about the characters from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public SettingsError Error(int start, int end, string what, string why, string? meant = null, string? next = null)
    {
        var (line, column) = Place(start);
        var first = _lineStarts[line - 1];
        var last = line < _lineStarts.Count ? _lineStarts[line] - 1 : Text.Length;
        var length = Math.Clamp(end - start, 1, Math.Max(1, last - start));
        return new SettingsError(
            what,
            File,
            line,
            column,
            length,
            Text[first..last],
            why,
            meant,
            next ?? "fleet config show"
        );
    }

    /// <summary>The line and column, both from 1, of a character.</summary>
    public (int Line, int Column) Place(int index)
    {
        index = Math.Clamp(index, 0, Text.Length);
        var found = _lineStarts.BinarySearch(index);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, index - _lineStarts[line] + 1);
    }

    /// <summary>Where a line starts; lines before the first and after the last are those.</summary>
    public int Start(int line) => _lineStarts[Math.Clamp(line - 1, 0, _lineStarts.Count - 1)];

    public static SettingsError TooLarge(string file, long bytes) =>
        Whole(file, $"the file has {SizeText.Write(bytes)}", $"settings may have {SizeText.Write(MaxBytes)}");

    /// <summary>An error that has no line.</summary>
    public static SettingsError Whole(string file, string what, string why) =>
        new(what, file, 0, 0, 0, "", why, null, "fleet config show");

    private static string Lines(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private SettingsError NotUtf8(ReadOnlySpan<byte> bytes)
    {
        var valid = 0;
        while (Rune.DecodeFromUtf8(bytes[valid..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            valid += length;
        }

        // The valid part decodes alone to the same text, so its length is the place of the first bad byte.
        var at = Lines(Encoding.UTF8.GetString(bytes[..valid])).Length;
        return Error(at, at + 1, "the file is not UTF-8 text", "this byte is not UTF-8; save the file as UTF-8");
    }

    private SettingsError Forbids(int at)
    {
        var code = ((int)Text[at]).ToString("X4", CultureInfo.InvariantCulture);
        return Error(at, at + 1, $"the file holds the character U+{code}", "control characters are not allowed here");
    }

    private static readonly System.Buffers.SearchValues<char> Forbidden = System.Buffers.SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code).Except("\t\n"),
        '\u2028',
        '\u2029',
        '\uFEFF',
        '\uFFFE',
        '\uFFFF',
    ]);
}
