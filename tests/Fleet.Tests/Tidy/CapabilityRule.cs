using System.Text.RegularExpressions;

namespace Fleet.Tests.Tidy;

/// <summary>
/// Capabilities of the rules meet only in Decide, Evolve and Next: one may hold another's data, but never calls its
/// rules. Views read everything and settings are read by everyone.
/// </summary>
internal static class CapabilityRule
{
    private const string Project = "src/Fleet.Rules";
    private static readonly string[] Free = ["Settings", "Views"];

    public static IEnumerable<Complaint> Check(IEnumerable<SourceFile> sources)
    {
        var files = sources.Where(file => file.IsCSharp && file.FolderIn(Project) is not null).ToList();
        var rules = files.SelectMany(DeclaredType.In).Where(type => type.IsStatic && !IsFree(type.File)).ToList();
        return files.Where(file => file.FolderIn(Project) != "Views").SelectMany(file => Calls(file, rules));
    }

    private static IEnumerable<Complaint> Calls(SourceFile file, List<DeclaredType> rules) =>
        from rule in rules
        let other = rule.File.FolderIn(Project)
        where other != file.FolderIn(Project)
        from match in Call(other, rule.Name).Matches(file.Code)
        select file.Complain(
            match.Index,
            $"{file.FolderIn(Project)} calls {rule.Name} of {other}; let Decide, Evolve or Next bring them together"
        );

    private static bool IsFree(SourceFile file) => Free.Contains(file.FolderIn(Project));

    /// <summary>A call on the class, by its bare or qualified name, or its import.</summary>
    private static Regex Call(string? folder, string name) =>
        new(
            $@"(?<![\w.])(?:(?:Fleet\.Rules\.)?{folder}\.)?{name}\s*\."
                + $@"|using\s+static\s+Fleet\.Rules\.{folder}\.{name}\b"
        );
}
