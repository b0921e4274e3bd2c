using System.Text.RegularExpressions;

namespace Fleet.Tests.Tidy;

/// <summary>A type and the file that declares it.</summary>
/// <param name="IsNested">Declared inside another one, which must be named to reach it.</param>
internal sealed partial record DeclaredType(string Name, bool IsStatic, bool IsNested, SourceFile File, int Position)
{
    public static IEnumerable<DeclaredType> In(SourceFile file) =>
        Declaration()
            .Matches(file.Code)
            .Select(match => new DeclaredType(
                match.Groups["name"].Value,
                match.Groups["static"].Success,
                StartsIndented(file.Code, match.Index),
                file,
                match.Groups["name"].Index
            ));

    private static bool StartsIndented(string code, int position) =>
        code[code.LastIndexOf('\n', Math.Max(0, position - 1)) is var end and >= 0 ? end + 1 : 0] == ' ';

    [GeneratedRegex(
        @"(?<static>\bstatic\s+(?:unsafe\s+)?(?:partial\s+)?)?"
            + @"\b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>[A-Z]\w*)",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Declaration();
}
