using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fleet.Tests.Tidy;

/// <summary>
/// One third-party package, one folder. The folder and the reason stand in Directory.Packages.props, in the comment
/// after the package: <c>Cli: arguments, help</c>.
/// </summary>
internal static partial class PackageRule
{
    public static IEnumerable<Complaint> Check(SourceFile versions, IEnumerable<SourceFile> sources)
    {
        var files = sources.Where(file => file.IsUnder("src/Fleet")).ToList();
        var group = XDocument.Parse(versions.Text).Descendants("ItemGroup").Single(HasProduct);
        return group.Elements("PackageVersion").SelectMany(package => Check(versions, package, files));
    }

    private static IEnumerable<Complaint> Check(SourceFile versions, XElement package, List<SourceFile> files)
    {
        var name = (string)package.Attribute("Include")!;
        var home = Home().Match((package.NextNode as XComment)?.Value ?? "");
        if (!home.Success)
        {
            var position = versions.Text.IndexOf($"\"{name}\"", StringComparison.Ordinal);
            return [versions.Complain(position, $"{name} needs a comment after it: its folder, a colon, its reason")];
        }

        var folder = home.Groups["folder"].Value;
        var root = name.EndsWith(".Core", StringComparison.Ordinal) ? name[..^".Core".Length] : name;
        return from file in files
            where file.IsCSharp && !file.IsUnder($"src/Fleet/{folder}")
            from match in Regex.Matches(file.Code, $@"(?<![\w.]){Regex.Escape(root)}\b")
            select file.Complain(match.Index, $"{name} lives in {folder} only; ask {folder} for what you need");
    }

    private static bool HasProduct(XElement group) => (string?)group.Attribute("Label") == "product";

    [GeneratedRegex(@"^\s*(?<folder>\w+(?:/\w+)*): \S")]
    private static partial Regex Home();
}
