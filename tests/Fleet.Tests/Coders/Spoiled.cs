using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Fleet.Tests.Coders;

/// <summary>Streams as they must not be, but are: cut, interleaved, reordered, flooded; by a seed.</summary>
internal sealed class Spoiled(int seed)
{
    private const int Flood = 10 * 1024 * 1024;

    /// <summary>Lines that mean nothing to anyone.</summary>
    private static readonly byte[][] Garbage =
    [
        [],
        " \t\r"u8.ToArray(),
        "\0\0\0"u8.ToArray(),
        "not JSON: {"u8.ToArray(),
        "{"u8.ToArray(),
        "{}"u8.ToArray(),
        "[]"u8.ToArray(),
        "null"u8.ToArray(),
        "17"u8.ToArray(),
        "\"result\""u8.ToArray(),
        """{"type":null,"method":7,"event":[],"id":{}}"""u8.ToArray(),
        """{"type":"nobody_knows","subtype":[1,{}],"message":"text","result":17}"""u8.ToArray(),
        """{"a":1}{"a":2}"""u8.ToArray(),
        [0xEF, 0xBB, 0xBF, (byte)'{', 0xC3, 0x28, 0xFF, (byte)'}'],
        Encoding.UTF8.GetBytes(new string('[', 5_000)),
        Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 500) + new string(']', 500) + "}"),
    ];

    private readonly Random random = new(seed);

    /// <summary>Every line loses its end.</summary>
    public IEnumerable<byte[]> Cut(IEnumerable<byte[]> lines) =>
        lines.Select(line => line.Length == 0 ? line : line[..random.Next(line.Length)]);

    /// <summary>One line loses its end, and with it the line end: the next one follows in the same line.</summary>
    public IEnumerable<byte[]> Glued(IReadOnlyList<byte[]> lines)
    {
        var at = random.Next(lines.Count - 1);
        byte[] glued = [.. lines[at][..random.Next(lines[at].Length)], .. lines[at + 1]];
        return [.. lines.Take(at), glued, .. lines.Skip(at + 2)];
    }

    /// <summary>Every line with a few bytes that are others than they were.</summary>
    public IEnumerable<byte[]> Flipped(IEnumerable<byte[]> lines) =>
        lines.Select(line =>
        {
            byte[] flipped = [.. line];
            for (var flips = random.Next(4); flips > 0 && flipped.Length > 0; flips--)
            {
                flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
            }

            return flipped;
        });

    /// <summary>Garbage before, between and after the lines.</summary>
    public IEnumerable<byte[]> Interleaved(IEnumerable<byte[]> lines) =>
        [.. lines.SelectMany(line => new[] { Garbage[random.Next(Garbage.Length)], line }), .. Garbage];

    /// <summary>A line of ten megabytes before each of a few.</summary>
    public static IEnumerable<byte[]> Flooded(IReadOnlyList<byte[]> lines)
    {
        var text = new string('x', Flood);
        return
        [
            Encoding.UTF8.GetBytes(text),
            Encoding.UTF8.GetBytes($$"""{"type":"nobody_knows","text":"{{text}}"}"""),
            .. lines.SkipLast(1),
            .. lines.TakeLast(1).Select(line => Widened(line, text)),
        ];
    }

    /// <summary>The members of objects, two deep, in another order and with unknown ones added.</summary>
    /// <param name="untouched">Members that stay as they are.</param>
    public IEnumerable<byte[]> Shuffled(IEnumerable<byte[]> lines, ImmutableArray<string> untouched) =>
        lines.Select(line =>
        {
            if (line is not [(byte)'{', ..])
            {
                return line;
            }

            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind is JsonValueKind.Object
                ? Encoding.UTF8.GetBytes(Shuffled(json.RootElement, 1, untouched))
                : line;
        });

    private string Shuffled(JsonElement element, int deeper, ImmutableArray<string> untouched)
    {
        var members = element
            .EnumerateObject()
            .Select(member => (member.Name, Text: Inner(member)))
            .Append(("zz_unknown", """{"type":"result","method":"turn/completed","ids":[1,{"id":2}]}"""))
            .ToArray();
        random.Shuffle(members);
        var written = members.Select(member => $"{JsonSerializer.Serialize(member.Item1)}:{member.Item2}");
        return $"{{{string.Join(',', written)}}}";

        string Inner(JsonProperty member) =>
            deeper > 0 && member.Value.ValueKind is JsonValueKind.Object && !untouched.Contains(member.Name)
                ? Shuffled(member.Value, deeper - 1, untouched)
                : member.Value.GetRawText();
    }

    /// <summary>The same line with a long member that nobody knows.</summary>
    private static byte[] Widened(byte[] line, string text) =>
        line is [(byte)'{', ..] ? [.. Encoding.UTF8.GetBytes($$"""{"zz_unknown":"{{text}}","""), .. line[1..]] : line;
}
