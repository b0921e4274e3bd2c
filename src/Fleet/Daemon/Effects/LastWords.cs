using System.Text;

namespace Fleet.Daemon.Effects;

/// <summary>
/// What people read first when something went wrong: the first complaint near the end, else the last line.
/// </summary>
internal static class LastWords
{
    private const int Longest = 300;
    private const int BytesPerLetter = 4;

    /// <summary>Bounded and without control characters; empty when nothing was printed.</summary>
    public static string Of(string output)
    {
        if (!File.Exists(output))
        {
            return "";
        }

        using var file = new FileStream(output, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(file.Length, BytesPerLetter * Longest), SeekOrigin.End);
        var bytes = new byte[BytesPerLetter * Longest];
        var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var lines = Encoding.UTF8.GetString(bytes, 0, count).TrimEnd().Split('\n');
        var line = (Array.Find(lines, IsComplaint) ?? lines[^1]).Trim();
        return string.Concat(line.Where(c => !char.IsControl(c)).Take(Longest));
    }

    /// <summary>The first words of a text, on one line.</summary>
    public static string Short(string text) =>
        string.Concat(text.ReplaceLineEndings(" ").Trim().Where(c => !char.IsControl(c)).Take(Longest));

    private static bool IsComplaint(string line) =>
        line.StartsWith("fatal: ", StringComparison.Ordinal) || line.StartsWith("error: ", StringComparison.Ordinal);
}
