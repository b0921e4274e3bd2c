using System.Text;
using Fleet.Cli;
using Fleet.Cli.Output;

namespace Fleet.Tests.Cli;

/// <summary>The page of all commands, made from the commands themselves.</summary>
internal static class CliReference
{
    public static string Markdown()
    {
        var page = new StringBuilder(
            "# Commands\n\nGenerated from the commands; `fleet COMMAND --help` says the same.\n"
        );
        foreach (var group in CommandTable.All.GroupBy(entry => entry.Group, StringComparer.Ordinal))
        {
            page.Append($"\n## {char.ToUpperInvariant(group.Key[0])}{group.Key[1..]}\n");
            foreach (var entry in group)
            {
                Append(page, entry.Make());
            }
        }

        page.Append("\n## Exit codes\n\n| Code | Meaning |\n|--:|---|\n");
        foreach (var (code, meaning) in ExitCode.All)
        {
            page.Append($"| {code} | {meaning} |\n");
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, Verb verb)
    {
        page.Append($"\n### fleet {verb.Command.Name}\n\n{verb.Command.Description}\n\n```\n");
        foreach (var example in verb.Examples)
        {
            page.Append($"{example.Line}\n    {example.Says}\n");
        }

        page.Append($"```\n\nUsage: `{HelpText.Usage(verb)}`\n\n");
        foreach (var argument in verb.Command.Arguments)
        {
            page.Append($"- `{argument.Name}` {argument.Description}\n");
        }

        foreach (var option in HelpText.Options(verb).Except([verb.Json, verb.NoInput, verb.Help]))
        {
            page.Append($"- `{HelpText.NameOf(option)}` {option.Description}\n");
        }

        page.Append("- `--json`, `--no-input`, `-h, --help` as everywhere\n");
    }
}
