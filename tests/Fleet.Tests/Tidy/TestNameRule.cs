using System.Text.RegularExpressions;

namespace Fleet.Tests.Tidy;

/// <summary>A test's name is a sentence: at least three words, joined by underscores.</summary>
internal static partial class TestNameRule
{
    public static IEnumerable<Complaint> Check(SourceFile file) =>
        from match in Test().Matches(file.Code)
        let name = match.Groups["name"]
        where !Sentence().IsMatch(name.Value)
        select file.Complain(
            name.Index,
            $"{name.Value} is no sentence: say what holds, as in A_stale_runs_proposal_is_ignored"
        );

    [GeneratedRegex(
        @"\[\s*(?:Fact|Theory)\b.*?\b(?:public|internal|private)\s[^;={]*?(?<name>\w+)\s*\(",
        RegexOptions.Singleline
    )]
    private static partial Regex Test();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+){2,}$")]
    private static partial Regex Sentence();
}
