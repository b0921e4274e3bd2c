using System.Collections.Frozen;

namespace Fleet.Settings.Init;

/// <summary>The files of one directory of a trunk, named from there, and how a command gets there.</summary>
internal sealed record TrunkDirectory(string Path, FrozenSet<string> Files)
{
    private const int MostBelow = 16;

    public static TrunkDirectory Top(IEnumerable<TrunkFile> files) =>
        new("", files.Select(file => file.Path).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>The directories directly below the top, those with a strange name left out.</summary>
    public static IEnumerable<TrunkDirectory> Below(IEnumerable<TrunkFile> files) =>
        files
            .Select(file => file.Path.Split('/', 2))
            .Where(parts =>
                parts.Length == 2
                && parts[0].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            )
            .Where(parts => parts[0][0] is not ('.' or '-'))
            .GroupBy(parts => parts[0], parts => parts[1], StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Take(MostBelow)
            .Select(group => new TrunkDirectory(group.Key, group.ToFrozenSet(StringComparer.Ordinal)));

    public bool Has(string file) => Files.Contains(file);

    public string? Read(string file, Func<string, string?> read) =>
        Has(file) ? read(Path.Length == 0 ? file : $"{Path}/{file}") : null;

    /// <summary>The command, run in this directory.</summary>
    public string Here(string command) => Path.Length == 0 ? command : $"cd {Path} && {command}";
}
