using System.Text;

namespace Fleet.Coders.Codex;

/// <summary>
/// The script that the model wrote, out of the shell call that codex makes of it (<c>/bin/bash -lc 'touch a'</c>), so
/// that an agent's permissions speak of the command and not of the shell.
/// </summary>
internal static class ShellScript
{
    private static readonly string[] Shells = ["bash", "sh", "zsh"];

    /// <summary>Anything but exactly that form is given back as it is: nothing may escape being judged.</summary>
    public static string Of(string command) =>
        Words(command) is [var shell, "-lc" or "-c", var script] && Shells.Contains(Path.GetFileName(shell))
            ? script
            : command;

    /// <summary>Null where a quote stays open.</summary>
    private static List<string>? Words(string command)
    {
        var words = new List<string>();
        for (var at = 0; at < command.Length; at++)
        {
            if (command[at] == ' ')
            {
                continue;
            }

            if (Word(command, ref at) is not { } word)
            {
                return null;
            }

            words.Add(word);
        }

        return words;
    }

    private static string? Word(string command, ref int at)
    {
        var word = new StringBuilder();
        char? quote = null;
        for (; at < command.Length && (quote is not null || command[at] != ' '); at++)
        {
            var letter = command[at];
            if (letter == quote)
            {
                quote = null;
            }
            else if (quote is null && (letter is '\'' or '"'))
            {
                quote = letter;
            }
            else if (IsEscape(command, at, quote))
            {
                word.Append(command[++at]);
            }
            else
            {
                word.Append(letter);
            }
        }

        return quote is null ? word.ToString() : null;
    }

    /// <summary>In double quotes a backslash means itself, unless it stands before one of four letters.</summary>
    private static bool IsEscape(string command, int at, char? quote) =>
        command[at] == '\\'
        && at + 1 < command.Length
        && (quote is null || (quote == '"' && (command[at + 1] is '$' or '`' or '"' or '\\')));
}
