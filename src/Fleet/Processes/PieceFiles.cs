using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fleet.Processes;

/// <summary>
/// Written before a spawn: whatever carries this mark belongs to the piece, even if nothing else is known.
/// </summary>
internal sealed record PieceIntent(string Key, ulong Mark, string Boot);

/// <summary>Written right after a spawn: the first process of a piece, and its mark.</summary>
internal sealed record PieceRecord(
    string Key,
    int Pid,
    long StartTicks,
    string Boot,
    ulong Mark,
    DateTimeOffset StartedAt
)
{
    internal ProcessTree Tree => new(new ProcessIdentity(Boot, Pid, StartTicks), new Mark(Mark));
}

/// <summary>How the first process of a piece ended; with neither code nor signal it was lost.</summary>
internal sealed record PieceExit(
    int? Code,
    int? Signal,
    DateTimeOffset At,
    double CpuSeconds,
    long MaximumResidentKilobytes
)
{
    internal ProcessEnd End =>
        Code is { } code ? new ProcessEnd.Exited(code)
        : Signal is { } signal ? new ProcessEnd.Killed(signal)
        : new ProcessEnd.Lost();

    internal static PieceExit Lost(DateTimeOffset at) => new(null, null, at, 0, 0);
}

/// <summary>
/// The files that tell what a piece is and how it ended. A piece is what the keeper holds: a run or a gate,
/// with a directory of its own.
/// </summary>
internal sealed record PieceFiles(string Directory)
{
    internal const string RecordName = "process.json";
    internal const string IntentName = "intent.json";
    internal const string ExitName = "exit.json";
    internal const string InputName = "stdin";

    private string RecordPath => Path.Combine(Directory, RecordName);
    private string IntentPath => Path.Combine(Directory, IntentName);
    private string ExitPath => Path.Combine(Directory, ExitName);

    /// <summary>The FIFO through which a run is spoken to, if it was given one.</summary>
    internal string InputPath => Path.Combine(Directory, InputName);

    internal PieceRecord? Record => Read(RecordPath, PieceJson.Default.PieceRecord);

    internal PieceIntent? Intent => Read(IntentPath, PieceJson.Default.PieceIntent);

    internal PieceExit? Exit => Read(ExitPath, PieceJson.Default.PieceExit);

    /// <summary>
    /// How the piece's processes are found; null when nothing was ever spawned from here in this boot.
    /// </summary>
    internal ProcessTree? Tree
    {
        get
        {
            if (Record is { } record)
            {
                return Here(record.Boot) ? record.Tree : null;
            }

            return Intent is { } intent && Here(intent.Boot) ? new ProcessTree(null, new Mark(intent.Mark)) : null;
        }
    }

    internal void Write(PieceIntent intent) =>
        DurableFile.ReplaceUnsynced(IntentPath, Bytes(intent, PieceJson.Default.PieceIntent));

    /// <summary>Known to every process at once; <see cref="SyncRecord"/> makes it last.</summary>
    internal void Write(PieceRecord record) =>
        DurableFile.ReplaceUnsynced(RecordPath, Bytes(record, PieceJson.Default.PieceRecord));

    internal void SyncRecord() => DurableFile.Sync(RecordPath);

    /// <summary>Known to every process at once; <see cref="SyncExit"/> makes it last.</summary>
    internal void Write(PieceExit exit) =>
        DurableFile.ReplaceUnsynced(ExitPath, Bytes(exit, PieceJson.Default.PieceExit));

    internal void SyncExit() => DurableFile.Sync(ExitPath);

    internal void ForgetIntent() => File.Delete(IntentPath);

    /// <summary>Whether a directory belongs to a piece at all.</summary>
    internal static bool IsPiece(string directory) =>
        File.Exists(Path.Combine(directory, IntentName)) || File.Exists(Path.Combine(directory, RecordName));

    private static bool Here(string boot) => string.Equals(boot, BootId.Current, StringComparison.Ordinal);

    private static byte[] Bytes<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    private static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), type) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' is damaged: {error.Message}", error);
        }
    }
}
