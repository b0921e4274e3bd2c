using System.CommandLine;
using System.Text;

namespace Fleet.Cli.Output;

/// <summary>Help, made from the commands themselves: examples first.</summary>
internal static class HelpText
{
    private const int NameWidth = 12;
    private const int OptionWidth = 26;

    /// <summary>All commands by group.</summary>
    public static string Overview()
    {
        var text = new StringBuilder("fleet runs many coding agents at once; only proven work reaches your trunk.\n");
        foreach (var group in CommandTable.All.GroupBy(entry => entry.Group, StringComparer.Ordinal))
        {
            text.Append($"\n{group.Key}\n");
            foreach (var entry in group)
            {
                text.Append(
                    Paragraph.Of($"  {entry.Name.PadRight(NameWidth)}", entry.Make().Command.Description ?? "")
                );
            }
        }

        return text.Append("\nfleet COMMAND --help shows examples.\nTopics: fleet help ")
            .AppendJoin(" | ", Topics.All.Select(topic => topic.Name))
            .Append('\n')
            .ToString();
    }

    public static string Of(Verb verb)
    {
        var text = new StringBuilder($"{verb.Command.Description}\n\nexamples\n");
        foreach (var example in verb.Examples)
        {
            text.Append($"  {example.Line}\n").Append(Paragraph.Of("      ", example.Says));
        }

        text.Append($"\nusage\n  {Usage(verb)}\n");
        foreach (var argument in verb.Command.Arguments)
        {
            text.Append(Paragraph.Of($"  {argument.Name.PadRight(OptionWidth)}", argument.Description ?? ""));
        }

        text.Append("\noptions\n");
        foreach (var option in Options(verb))
        {
            text.Append(Paragraph.Of($"  {NameOf(option).PadRight(OptionWidth)}", option.Description ?? ""));
        }

        return text.ToString();
    }

    public static string Usage(Verb verb)
    {
        var arguments = verb.Command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name}]" : a.Name);
        var tail = verb.Tail is null ? "" : $" [-- {verb.Tail}]";
        return $"fleet {string.Join(' ', arguments.Prepend(verb.Command.Name))} [options]{tail}";
    }

    /// <summary>A verb's own options first, then those that every verb has.</summary>
    public static IEnumerable<Option> Options(Verb verb)
    {
        Option[] common = [verb.Json, verb.NoInput, verb.Help];
        return verb.Command.Options.Where(option => !option.Hidden).Except(common).Concat(common);
    }

    public static string NameOf(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length));
        return option.HelpName is { } value ? $"{names} {value}" : names;
    }
}
