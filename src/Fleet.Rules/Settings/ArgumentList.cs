using System.Collections.Immutable;

namespace Fleet.Rules.Settings;

/// <summary>Writes a program and its arguments as settings do: <c>[mycli, --model, '{model}']</c>.</summary>
public static class ArgumentList
{
    /// <summary>Two different lists never give the same text.</summary>
    public static string Text(ImmutableArray<string> arguments) => $"[{string.Join(", ", arguments.Select(Quoted))}]";

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(IsPlain)
            ? argument
            : $"'{argument.Replace("'", "''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or '=' or '+';
}
