using System.Text.RegularExpressions;

namespace Fleet.Tests.Tidy;

/// <summary>
/// The words of docs/glossary.md, one line each: <c>- **Run** (`Run`): one attempt …</c>. A name in brackets is a
/// public type of Fleet.Rules.
/// </summary>
internal static partial class Glossary
{
    /// <summary>Finds lines that are not readable, words that stand twice, and types that do not exist.</summary>
    public static IEnumerable<Complaint> CheckWords(SourceFile glossary, IReadOnlySet<string> publicTypes)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var (number, line) in glossary
                .Lines.Index()
                .Where(line => line.Item.StartsWith("- ", StringComparison.Ordinal))
        )
        {
            var entry = Entry().Match(line);
            var type = entry.Groups["type"].Value;
            if (!entry.Success)
            {
                yield return new(glossary.Path, number + 1, "write a word as: - **Word** (`TypeName`): meaning");
            }
            else if (!seen.Add(entry.Groups["word"].Value))
            {
                yield return new(glossary.Path, number + 1, $"{entry.Groups["word"]} stands twice: one word per thing");
            }
            else if (type.Length > 0 && !publicTypes.Contains(type))
            {
                yield return new(
                    glossary.Path,
                    number + 1,
                    $"Fleet.Rules has no public type {type}: rename one of the two"
                );
            }
        }
    }

    /// <summary>Finds words whose type exists, but is not named in brackets.</summary>
    public static IEnumerable<Complaint> CheckTypes(SourceFile glossary, IReadOnlySet<string> publicTypes) =>
        from line in glossary.Lines.Index()
        let entry = Entry().Match(line.Item)
        where entry.Success && !entry.Groups["type"].Success
        let word = entry.Groups["word"].Value.Replace("-", "").Replace(" ", "")
        from type in new[] { word, "Fleet" + word }
        where publicTypes.Contains(type)
        select new Complaint(
            glossary.Path,
            line.Index + 1,
            $"Fleet.Rules has the type: write **{entry.Groups["word"]}** (`{type}`)"
        );

    [GeneratedRegex(@"^- \*\*(?<word>[^*]+)\*\*(?: \(`(?<type>\w+)`\))?: \S")]
    private static partial Regex Entry();
}
