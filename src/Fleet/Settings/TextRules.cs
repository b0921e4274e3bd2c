using System.Buffers;
using System.Diagnostics;
using Fleet.Rules.Agents;

namespace Fleet.Settings;

/// <summary>What a text is for, and so what it may hold.</summary>
internal enum TextRule
{
    Anything,
    Name,
    Command,
    Argument,
    Branch,
    RelativePath,
    AbsolutePath,
    FileName,
    Variable,
    Permission,

    /// <summary><c>NAME</c> or <c>NAME=OTHER</c>, in capitals: no key looks like that.</summary>
    TakenVariable,
}

/// <summary>Checks texts by their rule.</summary>
internal static class TextRules
{
    private const int LongestName = 64;
    private const int LongestText = 65_536;
    private const int LongestPath = 1_024;

    private static readonly SearchValues<char> NotInBranches = SearchValues.Create(" ~^:?*[\\");

    public static string Called(TextRule rule) =>
        rule switch
        {
            TextRule.Anything => "a text",
            TextRule.Name => $"a name of at most {LongestName} letters, digits, '-', '_' and '.'",
            TextRule.Command => "a command line",
            TextRule.Argument => "an argument",
            TextRule.Branch => "the name of a branch",
            TextRule.RelativePath => "a path inside the repository, without '..'",
            TextRule.AbsolutePath => "a path that begins with / or ~/",
            TextRule.FileName => "the name of a file, without '/'",
            TextRule.TakenVariable =>
                "the name of a variable in capitals, or NAME=OTHER where the daemon calls it OTHER",
            TextRule.Variable => "a name of letters, digits and '_' that begins with no digit",
            TextRule.Permission =>
                "a tool's name, or \"shell: COMMAND\" or \"path: FILE\", where * stands for anything",
            _ => throw new UnreachableException(),
        };

    public static bool Fits(TextRule rule, string text) =>
        (rule == TextRule.Argument || text.Trim().Length > 0)
        && text.Length <= LongestText
        && !text.Contains('\0')
        && rule switch
        {
            TextRule.Anything or TextRule.Command or TextRule.Argument => true,
            TextRule.Name => IsName(text),
            TextRule.Branch => IsBranch(text),
            TextRule.RelativePath => IsPath(text) && text[0] is not ('/' or '~') && !Leaves(text),
            TextRule.AbsolutePath => IsPath(text)
                && (text[0] == '/' || text.StartsWith("~/", StringComparison.Ordinal)),
            TextRule.FileName => IsName(text.TrimStart('.')),
            TextRule.TakenVariable => text.Split('=') is { Length: <= 2 } names && names.All(IsCapitals),
            TextRule.Variable => text.Length <= LongestName
                && !char.IsAsciiDigit(text[0])
                && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'),
            TextRule.Permission => PermissionRule.Parse(text) is not null,
            _ => throw new UnreachableException(),
        };

    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static bool IsCapitals(string text) =>
        text.Length is > 0 and <= LongestName
        && (char.IsAsciiLetterUpper(text[0]) || text[0] == '_')
        && text.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '_');

    /// <summary>The rules of <c>git check-ref-format --branch</c>.</summary>
    private static bool IsBranch(string text) =>
        text.Length <= LongestPath
        && text[0] is not ('-' or '/')
        && text[^1] is not ('/' or '.')
        && text is not ("@" or "HEAD")
        && text.AsSpan().IndexOfAny(NotInBranches) < 0
        && !text.Any(char.IsControl)
        && !text.Contains("..", StringComparison.Ordinal)
        && !text.Contains("@{", StringComparison.Ordinal)
        && text.Split('/')
            .All(part => part is not ("" or ['.', ..]) && !part.EndsWith(".lock", StringComparison.Ordinal));

    private static bool IsPath(string text) => text.Length <= LongestPath && !text.Any(char.IsControl);

    private static bool Leaves(string path) => path.Split('/').Contains("..", StringComparer.Ordinal);
}
