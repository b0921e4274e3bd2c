using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fleet.Daemon.Conversations;

/// <summary>Something that was said to a coder without its having asked.</summary>
/// <param name="At">How far its output had been read.</param>
/// <param name="Told">The position of the event that holds the words; 0 for an interruption.</param>
internal sealed record Interjection(long At, long Told = 0, string Who = "", string Words = "")
{
    public bool IsInterruption => Told == 0;
}

/// <summary>What was said to a run unasked, in a file of its own, written before it is said.</summary>
/// <remarks>
/// A successor that reads the transcript again says it again at the same places, and so to the same effect.
/// </remarks>
internal sealed class Interjections
{
    private readonly string file;
    private readonly List<Interjection> all = [];
    private int replayed;

    public Interjections(string directory)
    {
        file = RunFiles.Interjections(directory);
        all.AddRange(Read(file, out var whole));
        if (File.Exists(file) && new FileInfo(file).Length > whole)
        {
            // The machine died in the middle of a line: nothing of it was said.
            using var torn = File.OpenWrite(file);
            torn.SetLength(whole);
        }
    }

    public IReadOnlyList<Interjection> All => all;

    /// <summary>Some were made later than what has been read so far.</summary>
    public bool HaveMore => replayed < all.Count;

    /// <summary>The next one that was made up to this place by a daemon before this one.</summary>
    public Interjection? Next(long at) => HaveMore && all[replayed].At <= at ? all[replayed++] : null;

    public bool Contains(long told) => all.Exists(one => one.Told == told);

    public void Add(Interjection made)
    {
        File.AppendAllText(file, JsonSerializer.Serialize(made, InterjectionJson.Default.Interjection) + "\n");
        all.Add(made);
        replayed = all.Count;
    }

    public static IReadOnlyList<Interjection> Of(string directory) => Read(RunFiles.Interjections(directory), out _);

    private static List<Interjection> Read(string file, out long whole)
    {
        var bytes = File.Exists(file) ? File.ReadAllBytes(file) : [];
        whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        var made = new List<Interjection>();
        foreach (var line in bytes.AsSpan(0, (int)whole).TrimEnd((byte)'\n').Split((byte)'\n'))
        {
            if (bytes.AsSpan(line) is { IsEmpty: false } text)
            {
                made.Add(JsonSerializer.Deserialize(text, InterjectionJson.Default.Interjection)!);
            }
        }

        return made;
    }
}

[JsonSerializable(typeof(Interjection))]
internal sealed partial class InterjectionJson : JsonSerializerContext;
