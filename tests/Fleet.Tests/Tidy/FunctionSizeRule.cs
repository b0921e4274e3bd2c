using System.Text.RegularExpressions;

namespace Fleet.Tests.Tidy;

/// <summary>A function fits the screen. Members are found by their braces, so no compiler is needed.</summary>
internal static partial class FunctionSizeRule
{
    public const int MostLines = 60;

    public static IEnumerable<Complaint> Check(SourceFile file) =>
        from member in Members(file.Code)
        let attributes = Attributes().Match(member.Text).Length
        let name = NameOf(member.Text[attributes..])
        let lines = member.Text[attributes..].Count(sign => sign == '\n') + 1
        where name is not null && lines > MostLines
        select file.Complain(
            member.Position + attributes,
            $"{name} has {lines} lines, {MostLines} are allowed: name its steps"
        );

    /// <summary>The members of all types, each from its first sign to its closing brace or semicolon.</summary>
    private static IEnumerable<(int Position, string Text)> Members(string code)
    {
        var enclosing = new Stack<bool>();
        var start = 0;
        for (var at = 0; at < code.Length; at++)
        {
            switch (code[at])
            {
                case '{':
                    var opensType = AmongMembers() && IsTypeHeader(code[start..at]);
                    enclosing.Push(opensType);
                    start = opensType ? at + 1 : start;
                    break;
                case '}' when enclosing.TryPop(out var closesType):
                    if (!closesType && AmongMembers() && !IsExpression(code[start..at]))
                    {
                        yield return Trimmed(start, code[start..(at + 1)]);
                        start = at + 1;
                    }

                    start = closesType ? at + 1 : start;
                    break;
                case ';' when AmongMembers():
                    yield return Trimmed(start, code[start..at]);
                    start = at + 1;
                    break;
                default:
                    break;
            }
        }

        bool AmongMembers() => !enclosing.Contains(false);
    }

    private static bool IsTypeHeader(string piece) =>
        TypeHeader().IsMatch(Attributes().Replace(piece.TrimStart(), "", count: 1));

    private static (int Position, string Text) Trimmed(int start, string piece) =>
        (start + piece.Length - piece.TrimStart().Length, piece.Trim());

    /// <summary>An expression body or an initializer: it ends with a semicolon, whatever its braces do.</summary>
    private static bool IsExpression(string member)
    {
        var plain = WithoutBrackets(member);
        var brace = plain.IndexOf('{', StringComparison.Ordinal);
        var sign = plain.IndexOf('=', StringComparison.Ordinal);
        return sign >= 0 && (brace < 0 || sign < brace);
    }

    /// <summary>The name of a function or property with a body; null for a field or a bare declaration.</summary>
    private static string? NameOf(string member)
    {
        var plain = WithoutBrackets(member);
        var body = Body().Match(plain);
        return body.Success && body.Value != "=" ? LastWord().Match(plain[..body.Index]).Value : null;
    }

    private static string WithoutBrackets(string member)
    {
        var plain = OperatorName().Replace(member, "operator");
        for (var before = ""; before != plain; )
        {
            before = plain;
            plain = Brackets().Replace(plain, "");
        }

        return plain;
    }

    [GeneratedRegex(@"\G(?:\[[^\]]*\]\s*)+")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"^[^(=]*\b(?:namespace|class|struct|interface|enum|record)\s+\w")]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"\boperator\s*[^\s\w(]+")]
    private static partial Regex OperatorName();

    [GeneratedRegex(@"\([^()]*\)|\[[^\[\]]*\]")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"=>|=|\{")]
    private static partial Regex Body();

    [GeneratedRegex(@"\w+(?=(?:<[^<>]*>)?\s*(?::[^:]*|where\b.*)?$)", RegexOptions.Singleline)]
    private static partial Regex LastWord();
}
