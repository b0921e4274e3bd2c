using System.Text.RegularExpressions;

namespace Fleet.Tests.Tidy;

/// <summary>What no text holds: promises for later, places on one machine, addresses of others.</summary>
internal static partial class TextRule
{
    public static IEnumerable<Complaint> Check(SourceFile file) =>
        Find(file, Promise(), "'{0}' promises what is not there: do it, or write an issue")
            .Concat(
                Find(file, MachinePath(), "'{0}' is a place on one machine: make it from the root or the environment")
            )
            .Concat(Find(file, Registry(), "'{0}' is a registry: leave its address to the configuration of its client"))
            .Concat(Find(file, Address(), "'{0}' is somebody else's address: name the thing instead"))
            .OrderBy(complaint => complaint.Line);

    private static IEnumerable<Complaint> Find(SourceFile file, Regex regex, string says) =>
        from match in regex.Matches(file.Text)
        select file.Complain(match.Index, string.Format(says, match.Value));

    // The patterns are written so that they do not match themselves.
    [GeneratedRegex(@"\b(?:TO[D]O|FIX[M]E|HA[C]K)\b")]
    private static partial Regex Promise();

    [GeneratedRegex(@"(?<![\w.$}~*-])/(?:work|home|Users)/\w+|\b[A-Z]:\\Users\b")]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        @"(?<![\w./-])(?:registry|index|feeds?|pkgs|packages|api\.nuget|www\.nuget)\.[\w-]+\.?(?:org|com|io|net)\b"
    )]
    private static partial Regex Registry();

    /// <summary>Loopback, names that are reserved for examples, and names of XML namespaces are nobody's.</summary>
    [GeneratedRegex(
        @"\bhttps?://(?!localhost\b|127\.0\.0\.1\b|\[::1\]|unix\b|fleet\b|[{$<]|www\.w3\.org\b"
            + @"|(?:[\w-]+\.)*(?:example(?:\.\w+)?|invalid|test)\b)[\w.-]+"
    )]
    private static partial Regex Address();
}
