using System.Text.RegularExpressions;

namespace Fleet.Tests.Tidy;

/// <summary>Names of types, files and folders use the glossary's words; these say too little.</summary>
internal static partial class WordRule
{
    private static readonly HashSet<string> NotUsed = new(StringComparer.OrdinalIgnoreCase)
    {
        "common",
        "handler",
        "helper",
        "job",
        "manager",
        "processor",
        "service",
        "ticket",
        "util",
        "utility",
        "worker",
        "workspace",
    };

    public static IEnumerable<Complaint> Check(SourceFile file)
    {
        var names = DeclaredType.In(file).Select(type => (type.Name, type.Position));
        return from name in (file.IsCSharp ? names : []).Prepend((Name: file.Path, Position: 0))
            from word in Words().Matches(name.Name)
            let singular = word.Value.EndsWith("ies", StringComparison.Ordinal)
                ? word.Value[..^3] + "y"
                : word.Value.TrimEnd('s')
            where NotUsed.Contains(singular)
            select file.Complain(name.Position, $"'{word.Value}' in {name.Name} says too little: see docs/glossary.md");
    }

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Words();
}
