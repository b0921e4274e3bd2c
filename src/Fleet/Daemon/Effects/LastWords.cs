using System.Text;

namespace Fleet.Daemon.Effects;

/// <summary>The last line that a process printed: what people read first when something went wrong.</summary>
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
        var line = Encoding.UTF8.GetString(bytes, 0, count).TrimEnd().Split('\n')[^1].Trim();
        return string.Concat(line.Where(c => !char.IsControl(c)).Take(Longest));
    }
}
