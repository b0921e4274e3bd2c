using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fleet.Rules.Settings;

/// <summary>One command that a repository would have Fleet run: what for, under which name, and its text.</summary>
/// <remarks>A coder's lists are <see cref="ArgumentList"/>s; every other text is a command line or a word.</remarks>
public sealed record TrustedCommand(string For, string Name, string Run);

/// <summary>What a person is asked to consent to, and the hash that stands for the answer.</summary>
/// <param name="Commands">In the order in which they are shown.</param>
/// <param name="Hash">SHA-256 over every command; any change asks again.</param>
/// <param name="Text">The commands as a person reads them.</param>
public sealed record TrustQuestion(ImmutableArray<TrustedCommand> Commands, string Hash, string Text);

/// <summary>Everything executable in a repository's settings; it runs once a person trusted its hash.</summary>
public static class Trust
{
    private const string Format = "fleet-commands-1";

    public static ImmutableArray<TrustedCommand> Commands(RepositorySettings settings) =>
        [
            .. settings.Setup.Select(run => new TrustedCommand("setup", "", run)),
            .. settings.Worktrees.Setup.Select(run => new TrustedCommand("worktree setup", "", run)),
            .. settings.Gates.Select(gate => new TrustedCommand("gate", gate.Name, gate.Run)),
            .. settings.Coders.SelectMany(Commands),
        ];

    /// <summary>A program, and whatever else decides what it does; what is left at its default is not shown.</summary>
    private static IEnumerable<TrustedCommand> Commands(CoderSettings coder)
    {
        yield return Of("coder", ArgumentList.Text(coder.Command));
        if (coder.Prompt != CoderPrompt.Stdin)
        {
            yield return Of("coder prompt", Word(coder.Prompt));
        }

        if (coder.Output != CoderOutput.Lines)
        {
            yield return Of("coder output", Word(coder.Output));
        }

        if (coder.Context is { } context)
        {
            yield return Of("coder context", context.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in coder.Env)
        {
            yield return Of("coder env", ArgumentList.Text([name, value]));
        }

        if (coder.Limits is not [])
        {
            yield return Of("coder limits", ArgumentList.Text(coder.Limits));
        }

        TrustedCommand Of(string what, string text) => new(what, coder.Name, text);
        static string Word(Enum value) => value.ToString().ToLowerInvariant();
    }

    /// <summary>One line per command; two different lists of commands never give the same text.</summary>
    public static string CanonicalText(RepositorySettings settings)
    {
        var text = new StringBuilder(Format).Append('\n');
        foreach (var (what, name, run) in Commands(settings))
        {
            text.Append(what).Append('\t').Append(Visible(name)).Append('\t').Append(Visible(run)).Append('\n');
        }

        return text.ToString();
    }

    public static string Hash(RepositorySettings settings) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalText(settings))));

    public static TrustQuestion ToShow(RepositorySettings settings)
    {
        var commands = Commands(settings);
        var labels = commands.Select(command => Visible($"{command.For} {command.Name}".TrimEnd())).ToList();
        var width = labels.Select(label => label.Length).DefaultIfEmpty(0).Max();
        var lines = commands.Zip(labels, (command, label) => $"  {label.PadRight(width)}  {Visible(command.Run)}\n");
        return new TrustQuestion(commands, Hash(settings), string.Concat(lines));
    }

    /// <summary>Shows what could hide: control characters, line breaks, and marks that reorder or hide text.</summary>
    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var character in text.EnumerateRunes())
        {
            _ = character.Value switch
            {
                '\\' => visible.Append(@"\\"),
                '\n' => visible.Append(@"\n"),
                '\t' => visible.Append(@"\t"),
                _ when !Hides(character) => visible.Append(character.ToString()),
                <= 0xFFFF => visible.Append(CultureInfo.InvariantCulture, $"\\u{character.Value:x4}"),
                _ => visible.Append(CultureInfo.InvariantCulture, $"\\U{character.Value:x8}"),
            };
        }

        return visible.ToString();
    }

    private static bool Hides(Rune character) =>
        Rune.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
        || (character.Value != ' ' && Rune.IsWhiteSpace(character))
        || IsBlank(character.Value);

    /// <summary>Fillers, variation selectors and the empty braille cell: letters and marks that draw nothing.</summary>
    private static bool IsBlank(int code) =>
        code
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x2800
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or (>= 0xE0100 and <= 0xE01EF);
}
