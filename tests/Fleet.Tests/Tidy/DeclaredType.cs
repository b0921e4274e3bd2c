using System.Text.RegularExpressions;

namespace Fleet.Tests.Tidy;

/// <summary>A type and the file that declares it.</summary>
internal sealed partial record DeclaredType(string Name, bool IsStatic, SourceFile File, int Position)
{
    public static IEnumerable<DeclaredType> In(SourceFile file) =>
        Declaration()
            .Matches(file.Code)
            .Select(match => new DeclaredType(
                match.Groups["name"].Value,
                match.Groups["static"].Success,
                file,
                match.Groups["name"].Index
            ));

    [GeneratedRegex(
        @"(?<static>\bstatic\s+(?:unsafe\s+)?(?:partial\s+)?)?"
            + @"\b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>[A-Z]\w*)",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Declaration();
}
