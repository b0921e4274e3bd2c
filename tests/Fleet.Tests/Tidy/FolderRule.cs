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
        types = files.SelectMany(DeclaredType.In).ToLookup(type => type.File.FolderIn(Project)!);
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

        var others = types.Select(group => group.Key).Concat(rows.Keys).Distinct().Where(other => other != folder);
        return others.SelectMany(other => Check(file, row, other)).OrderBy(complaint => complaint.Line);
    }

    private IEnumerable<Complaint> Check(SourceFile file, FolderRow row, string other)
    {
        var imported = false;
        foreach (Match match in Namespace(other).Matches(file.Code))
        {
            imported = true;
            if (!row.Uses.Any(use => use == other || use.StartsWith(other + "/", StringComparison.Ordinal)))
            {
                yield return file.Complain(match.Index, Says(row, $"Fleet.{other}"));
            }
        }

        var name = imported ? AnyName() : NameAfter(other);
        foreach (Match match in name.Matches(file.Code))
        {
            var declared = types[other].Where(type => type.Name == match.Groups["name"].Value).ToList();
            if (declared.Count > 0 && !declared.Any(type => row.Uses.Any(use => Covers(use, type.File))))
            {
                yield return file.Complain(match.Index, Says(row, $"{declared[0].Name} of {other}"));
            }
        }
    }

    private static bool Covers(string use, SourceFile file) =>
        file.IsUnder($"{Project}/{use}")
        || (
            use.Contains('/') && Regex.IsMatch(file.Path, $@"^{Project}/{use}[\w.]*(/|$)", RegexOptions.NonBacktracking)
        );

    private static string Says(FolderRow row, string what) =>
        $"{row.Folder} names {what}; it may use {(row.Uses is [] ? "no other folder" : string.Join(", ", row.Uses))}."
        + $" {row.Reason}";

    /// <summary>A using directive or a qualified name, but not the file's own namespace line.</summary>
    private static Regex Namespace(string folder) =>
        new($@"(?<![\w.]|namespace\s+)(?:global::)?Fleet\.{folder}\b", RegexOptions.Compiled);

    private static Regex NameAfter(string folder) => new($@"(?<![\w.]){folder}\.(?:\w+\.)?(?<name>[A-Z]\w*)");

    [GeneratedRegex(@"(?<![\w.])(?:[A-Z]\w*\.)*(?<name>[A-Z]\w*)")]
    private static partial Regex AnyName();
}
