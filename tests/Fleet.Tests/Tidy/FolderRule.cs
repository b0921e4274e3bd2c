using System.Text.RegularExpressions;

namespace Fleet.Tests.Tidy;

/// <summary>Which folder of the binary may name which other, by namespace or by type.</summary>
internal sealed partial class FolderRule
{
    private const string Project = "src/Fleet";
    private readonly Dictionary<string, FolderRow> rows;
    private readonly List<SourceFile> files;
    private readonly ILookup<string, DeclaredType> types;

    private FolderRule(IEnumerable<FolderRow> table, IEnumerable<SourceFile> sources)
    {
        rows = table.ToDictionary(row => row.Folder);
        files = [.. sources.Where(file => file.IsCSharp && file.FolderIn(Project) is not null)];
        types = files
            .SelectMany(DeclaredType.In)
            .Where(type => !type.IsNested)
            .ToLookup(type => type.File.FolderIn(Project)!);
    }

    public static IEnumerable<Complaint> Check(IEnumerable<FolderRow> table, IEnumerable<SourceFile> sources)
    {
        var rule = new FolderRule(table, sources);
        return rule.files.SelectMany(rule.Check);
    }

    private IEnumerable<Complaint> Check(SourceFile file)
    {
        var folder = file.FolderIn(Project)!;
        if (!rows.TryGetValue(folder, out var row))
        {
            return [new(file.Path, 1, $"{folder} has no row in the table of folders: add what it may use, and why")];
        }

        var names = Name().Matches(file.Code).Select(match => new Mention(match)).ToList();
        var imported = names.Select(name => name.Namespace).Where(other => other is not null).ToHashSet();
        return names.Select(name => Check(file, row, name, imported)).OfType<Complaint>();
    }

    private Complaint? Check(SourceFile file, FolderRow row, Mention mention, HashSet<string?> imported)
    {
        if (mention.Namespace is { } other && IsOther(other, row) && !row.Uses.Any(use => use.Split('/')[0] == other))
        {
            return file.Complain(mention.Position, Says(row, $"Fleet.{other}"));
        }

        string[] folders = IsOther(mention.First, row) ? [mention.First] : [.. imported.OfType<string>()];
        var foreign = folders
            .Where(folder => IsOther(folder, row))
            .SelectMany(folder => types[folder].Where(type => mention.Names(folder, type.Name)))
            .ToList();
        return foreign.Count == 0 || foreign.Exists(type => row.Uses.Any(use => Covers(use, type.File)))
            ? null
            : file.Complain(mention.Position, Says(row, $"{foreign[0].Name} of {foreign[0].File.FolderIn(Project)}"));
    }

    private bool IsOther(string name, FolderRow row) =>
        name != row.Folder && (rows.ContainsKey(name) || types.Contains(name));

    private static bool Covers(string use, SourceFile file) =>
        file.IsUnder($"{Project}/{use}")
        || (
            use.Contains('/') && Regex.IsMatch(file.Path, $@"^{Project}/{use}[\w.]*(/|$)", RegexOptions.NonBacktracking)
        );

    private static string Says(FolderRow row, string what) =>
        $"{row.Folder} names {what}; it may use {(row.Uses is [] ? "no other folder" : string.Join(", ", row.Uses))}."
        + $" {row.Reason}";

    /// <summary>A name with its qualifiers; not the file's own namespace line, not a member.</summary>
    [GeneratedRegex(@"(?<![\w.]|namespace\s+)(?:global::)?(?<name>[A-Z]\w*)(?:\.(?<name>[A-Z]\w*))*")]
    private static partial Regex Name();

    /// <summary>One mention of a name: <c>Fleet.Git.Hubs</c>, <c>Git.Hubs</c> or <c>Hubs</c>.</summary>
    private sealed class Mention(Match match)
    {
        private readonly string[] parts = [.. match.Groups["name"].Captures.Select(capture => capture.Value)];

        public int Position => match.Index;

        public string? Namespace => parts is ["Fleet", not "Rules", ..] ? parts[1] : null;

        public string First => Namespace ?? parts[0];

        /// <summary>Says whether this is that type: bare after an import, or below its folder.</summary>
        public bool Names(string folder, string type) =>
            First == folder ? parts.Skip(Namespace is null ? 1 : 2).Contains(type) : parts[0] == type;
    }
}
