using System.Text.Json;

namespace Fleet.Processes;

/// <summary>Who forbade new starts, when and why.</summary>
internal sealed record HaltNote(string Who, string Why, DateTimeOffset At);

/// <summary>A file in the home that forbids every spawn, whoever asks, until a person lifts it.</summary>
internal static class Halt
{
    private const string FileName = "halt";

    /// <summary>Forbids new starts; null when done, else why the note could not be written in full.</summary>
    internal static string? Place(string home, string who, string why, DateTimeOffset at)
    {
        var path = PathIn(home);
        try
        {
            var note = new HaltNote(who, why, at);
            DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(note, PieceJson.Default.HaltNote));
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return PlaceEmpty(path) ? null : $"cannot write '{path}': {error.Message}";
        }
    }

    /// <summary>Allows starts again; false when nothing forbade them.</summary>
    internal static bool Lift(string home) => DurableFile.Remove(PathIn(home));

    internal static bool IsPlaced(string home) => File.Exists(PathIn(home));

    /// <summary>Who placed it; an empty or damaged note still halts.</summary>
    internal static HaltNote? Read(string home)
    {
        var path = PathIn(home);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), PieceJson.Default.HaltNote)
                : null;
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException)
        {
            return File.Exists(path)
                ? new HaltNote("unknown", "", new DateTimeOffset(File.GetLastWriteTimeUtc(path)))
                : null;
        }
    }

    /// <summary>On a full disk an empty file can often still be made, and its name is all that counts.</summary>
    private static bool PlaceEmpty(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string PathIn(string home) => Path.Combine(home, FileName);
}
