using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Fleet.Coders;
using Fleet.Rules;
using Fleet.Rules.Spending;

namespace Fleet.Tests.Coders;

/// <summary>Recorded streams, and conversations played from them.</summary>
internal static class CoderGround
{
    public const string Prompt = "Make it green, please.";
    public static readonly Guid NewSession = new("11111111-2222-4333-8444-555555555555");

    public static string Folder { get; } = Path.Combine(Here(), "Streams");

    public static CoderRequest Request(
        string? resume = null,
        Usage? before = null,
        string? model = null,
        string? program = null
    ) =>
        new(
            new RunId(new TaskId(12), 3),
            program,
            model,
            Prompt,
            "/tree",
            "/configuration",
            NewSession,
            resume,
            before ?? Usage.Unknown
        );

    /// <summary>The names of the recorded streams that begin so.</summary>
    public static ImmutableArray<string> Streams(string prefix) =>
        [
            .. Directory
                .EnumerateFiles(Folder, $"{prefix}*.jsonl")
                .Concat(Directory.EnumerateFiles(Folder, $"{prefix}*.lines"))
                .Select(Path.GetFileName)
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];

    public static ImmutableArray<byte[]> Lines(string stream)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, stream)).AsSpan();
        var lines = ImmutableArray.CreateBuilder<byte[]>();
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            lines.Add((end < 0 ? bytes : bytes[..end]).ToArray());
            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }

        return lines.ToImmutable();
    }

    public static Played Play(ICoder coder, CoderRequest request, IEnumerable<byte[]> lines)
    {
        var session = coder.Open(request);
        var begin = session.Begin();
        var rest = Take(session, lines);
        return new Played([.. begin.Events, .. rest.Events], [.. begin.Lines, .. rest.Written]);
    }

    public static Played Take(ICoderSession session, IEnumerable<byte[]> lines)
    {
        var events = ImmutableArray.CreateBuilder<CoderEvent>();
        var written = ImmutableArray.CreateBuilder<string>();
        foreach (var line in lines)
        {
            var step = session.Take(line);
            events.AddRange(step.Events);
            written.AddRange(step.Lines);
        }

        return new Played(events.ToImmutable(), written.ToImmutable());
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>What came of a conversation: what was seen, and what was written to the coder.</summary>
internal sealed record Played(ImmutableArray<CoderEvent> Events, ImmutableArray<string> Written)
{
    public ImmutableArray<T> Of<T>()
        where T : CoderEvent => [.. Events.OfType<T>()];

    public Usage Spent => Of<CoderEvent.UsageSeen>().Aggregate(Usage.Unknown, (sum, seen) => sum + seen.Delta);
}
