using System.Collections.Immutable;
using Fleet.ModelStub.Faults;

namespace Fleet.ModelStub.Scripts;

/// <summary>A script and what goes wrong on the way: in a file one step a line, <c>fault:</c> before a fault.</summary>
/// <param name="Script">Null: the prompt brings it.</param>
internal sealed record Scenario(Script? Script, ImmutableArray<Fault> Faults)
{
    private const string FaultMark = "fault:";

    /// <summary>Lines that are empty or begin with # say nothing.</summary>
    public static Scenario Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .ToLookup(line => line.StartsWith(FaultMark, StringComparison.Ordinal));
        return new Scenario(
            Script.Of(lines[false]),
            [.. lines[true].SelectMany(line => Fault.ParseAll(line[FaultMark.Length..].Trim()) ?? throw NoFault(line))]
        );
    }

    /// <summary>The scenarios of a folder, by the names of their files.</summary>
    public static ImmutableDictionary<string, Scenario> In(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.txt")
            .ToImmutableDictionary(
                file => Path.GetFileNameWithoutExtension(file),
                file => Parse(File.ReadAllText(file))
            );

    private static FormatException NoFault(string line) =>
        new($"'{line}' names no fault; see tests/ModelStub/README.md");
}
