using System.Collections.Immutable;

namespace Fleet.Rules.Settings;

/// <summary>Fills in the words in braces of a coder that a person defined.</summary>
public static class CoderCommand
{
    /// <summary>The words that a run fills in; any other is taken as it is written.</summary>
    public static readonly ImmutableArray<string> Words =
    [
        "model",
        "prompt",
        "file",
        "session",
        "worktree",
        "configuration",
    ];

    public static bool Uses(ImmutableArray<string> command, string word) =>
        command.Any(argument => argument.Contains($"{{{word}}}", StringComparison.Ordinal));

    /// <summary>
    /// The command of one run. An argument whose word has no value is left out, and with it the option before it:
    /// <c>--model {model}</c> is not there for the coder's default model.
    /// </summary>
    public static ImmutableArray<string> Fill(ImmutableArray<string> command, Func<string, string?> value)
    {
        var filled = ImmutableArray.CreateBuilder<string>(command.Length);
        foreach (var (at, argument) in command.Index())
        {
            if (Text(argument, value) is { } text)
            {
                filled.Add(text);
            }
            else if (at > 1 && filled.Count > 1 && IsOption(command[at - 1]) && IsAlone(argument))
            {
                filled.RemoveAt(filled.Count - 1);
            }
        }

        return filled.ToImmutable();
    }

    /// <summary>One text with its words filled in, from left to right, once; null where one has no value.</summary>
    public static string? Text(string text, Func<string, string?> value)
    {
        var filled = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length; )
        {
            if (Words.FirstOrDefault(word => Stands(text, at, word)) is not { } word)
            {
                filled.Append(text[at++]);
                continue;
            }

            if (value(word) is not { } found)
            {
                return null;
            }

            filled.Append(found);
            at += word.Length + 2;
        }

        return filled.ToString();
    }

    private static bool Stands(string text, int at, string word) =>
        text[at] == '{' && string.CompareOrdinal(text, at, $"{{{word}}}", 0, word.Length + 2) == 0;

    private static bool IsAlone(string argument) => argument is ['{', .., '}'];

    private static bool IsOption(string argument) => argument is ['-', ..] && !argument.Contains('{');
}
