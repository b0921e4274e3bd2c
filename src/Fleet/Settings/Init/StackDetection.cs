using System.Collections.Immutable;

namespace Fleet.Settings.Init;

/// <summary>A file of a repository's trunk.</summary>
internal readonly record struct TrunkFile(string Path, bool Executable = false);

/// <summary>What a repository is built with, and the gates and setup that follow from it.</summary>
/// <param name="Stacks">Their names, such as <c>dotnet</c>; none when nothing was recognised.</param>
/// <param name="Gates">Proposed gates, each with its own name.</param>
/// <param name="Setup">Commands that a fresh checkout needs first.</param>
internal sealed record DetectedStack(
    ImmutableArray<string> Stacks,
    ImmutableArray<ProposedGate> Gates,
    ImmutableArray<string> Setup
);

/// <summary>A gate that <c>fleet init</c> writes down for a person to keep or change.</summary>
internal sealed record ProposedGate(string Name, string Run);

/// <summary>Recognises stacks by the files on trunk.</summary>
/// <remarks>
/// A repository's own word for "all checks" (<c>./check</c>, <c>test.sh</c>, <c>make test</c>) goes before what its
/// files suggest. Stacks at the top go before those one directory below.
/// </remarks>
internal static class StackDetection
{
    private const int MostGates = 4;
    private static readonly string[] OwnScripts = ["check", "check.sh", "test.sh", "run_tests.sh", "run-tests.sh"];
    private static readonly string[] Makefiles = ["GNUmakefile", "makefile", "Makefile"];
    private static readonly string[] MakeTargets = ["check", "test"];

    /// <summary>The stack of a trunk, and what follows from it.</summary>
    /// <param name="files">Every file on trunk.</param>
    /// <param name="read">The text of a file on trunk; null when it cannot be read.</param>
    public static DetectedStack Of(IReadOnlyCollection<TrunkFile> files, Func<string, string?> read)
    {
        if (OwnScript(files) is { } script)
        {
            return new DetectedStack(["script"], [new ProposedGate("check", script)], []);
        }

        if (MakeTarget(files, read) is { } target)
        {
            return new DetectedStack(["make"], [new ProposedGate("tests", $"make {target}")], []);
        }

        var found = Stacks(TrunkDirectory.Top(files), read);
        return Merge(
            found.Count > 0 ? found : [.. TrunkDirectory.Below(files).SelectMany(below => Stacks(below, read))]
        );
    }

    private static string? OwnScript(IEnumerable<TrunkFile> files)
    {
        var byPath = files.Where(file => OwnScripts.Contains(file.Path)).ToDictionary(file => file.Path);
        var name = OwnScripts.FirstOrDefault(name =>
            byPath.TryGetValue(name, out var file)
            && (file.Executable || name.EndsWith(".sh", StringComparison.Ordinal))
        );
        return name is null ? null
            : byPath[name].Executable ? $"./{name}"
            : $"sh ./{name}";
    }

    private static string? MakeTarget(IEnumerable<TrunkFile> files, Func<string, string?> read)
    {
        var makefile = Makefiles.FirstOrDefault(name => files.Any(file => file.Path == name));
        var lines = makefile is null ? [] : (read(makefile) ?? "").Split('\n');
        return MakeTargets.FirstOrDefault(target => lines.Any(line => DefinesTarget(line, target)));
    }

    private static bool DefinesTarget(string line, string target) =>
        line.StartsWith(target, StringComparison.Ordinal)
        && line[target.Length..].TrimStart() is [':', .. var rest]
        && !rest.StartsWith('=');

    private static List<FoundStack> Stacks(TrunkDirectory directory, Func<string, string?> read) =>
        [.. StackCatalogue.All.Select(stack => stack(directory, read)).OfType<FoundStack>()];

    /// <summary>One list of gates; where two stacks propose the same name, the stack's name sets them apart.</summary>
    private static DetectedStack Merge(List<FoundStack> found)
    {
        var gates = new List<ProposedGate>();
        foreach (var stack in found)
        {
            foreach (var gate in stack.Gates)
            {
                var own = found.Count == 1 ? gate.Name : $"{stack.Name}-{gate.Name}";
                var taken = gates.Count(other =>
                    other.Name == own || other.Name.StartsWith($"{own}-", StringComparison.Ordinal)
                );
                gates.Add(gate with { Name = taken == 0 ? own : $"{own}-{taken + 1}" });
            }
        }

        return new DetectedStack(
            [.. found.Select(stack => stack.Name).Distinct()],
            [.. gates.Take(MostGates)],
            [.. found.SelectMany(stack => stack.Setup).Take(MostGates)]
        );
    }
}
