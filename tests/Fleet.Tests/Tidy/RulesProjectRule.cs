using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fleet.Tests.Tidy;

/// <summary>The rules stand alone: no package but analyzers, no other project, and no word of the binary.</summary>
internal static partial class RulesProjectRule
{
    /// <summary>Checks the project file, and the properties that it inherits.</summary>
    public static IEnumerable<Complaint> CheckProject(SourceFile project) =>
        from reference in XDocument.Parse(project.Text).Descendants()
        where reference.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal)
        where (string?)reference.Attribute("PrivateAssets") != "all"
        let name = (string?)reference.Attribute("Include") ?? (string?)reference.Attribute("Update") ?? ""
        let position = Math.Max(0, project.Text.IndexOf($"\"{name}\"", StringComparison.Ordinal))
        select project.Complain(
            position,
            $"Fleet.Rules would reference {name}; only analyzers (PrivateAssets=\"all\") may"
        );

    public static IEnumerable<Complaint> CheckSource(SourceFile file) =>
        from match in Binary().Matches(file.Code)
        select file.Complain(
            match.Index,
            $"{match.Value} is the binary's; rules decide and Fleet performs, never back"
        );

    [GeneratedRegex(@"(?<![\w.])Fleet\.(?!Rules\b)[A-Z]\w*")]
    private static partial Regex Binary();
}
