using System.Text;

namespace Fleet.Cli.Output;

/// <summary>Completion scripts, made from the commands themselves; tasks are asked for when they are wanted.</summary>
internal static class CompletionScript
{
    /// <summary>The ids of the newest tasks, one a line, in the words of POSIX shells.</summary>
    private const string Ids = """
        _fleet_ids() {
          fleet tasks --all --limit 100 2>/dev/null | while read -r id rest; do
            case $id in [0-9]*) echo "$id" ;; esac
          done
        }

        """;

    public static string For(string shell) =>
        shell switch
        {
            "bash" => Bash(),
            "zsh" => Zsh(),
            "fish" => Fish(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Bash()
    {
        var text = new StringBuilder("# bash completion for fleet\n").Append(Ids);
        text.Append("_fleet() {\n  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n")
            .Append("  local verb=${COMP_WORDS[1]} offer= options= ids=\n")
            .Append($"  if [ \"$COMP_CWORD\" -eq 1 ]; then offer=\"{Names()}\"; else\n");
        Choose(text, "$verb", "$before");
        return text.Append("  case $word in\n    -*) offer=$options ;;\n")
            .Append("    *) [ -z \"$ids\" ] || offer=\"$offer $(_fleet_ids)\" ;;\n  esac\n  fi\n")
            .Append("  COMPREPLY=($(compgen -W \"$offer\" -- \"$word\"))\n}\n")
            .Append("complete -o default -F _fleet fleet\n")
            .ToString();
    }

    private static string Zsh()
    {
        var text = new StringBuilder("#compdef fleet\n").Append(Ids).Append("local -a commands\ncommands=(\n");
        foreach (var verb in Completions.All)
        {
            text.Append($"  '{verb.Name}:{Quoted(verb.Says)}'\n");
        }

        text.Append(")\nif (( CURRENT == 2 )); then\n  _describe command commands\n  return\nfi\n")
            .Append("local verb=$words[2] before=$words[CURRENT-1] offer= options= ids=\n");
        Choose(text, "$verb", "$before");
        return text.Append("case $words[CURRENT] in\n  -*) offer=$options ;;\n")
            .Append("  *) [[ -z $ids ]] || offer=\"$offer $(_fleet_ids)\" ;;\nesac\n")
            .Append("if [[ -n ${offer// /} ]]; then compadd -- ${=offer}; else _files; fi\n")
            .ToString();
    }

    /// <summary>Sets <c>offer</c>, <c>options</c> and <c>ids</c> by the command and by the word before.</summary>
    private static void Choose(StringBuilder text, string verb, string before)
    {
        text.Append($"  case {verb} in\n");
        foreach (var command in Completions.All)
        {
            var ids = command.TakesTask ? " ids=1" : "";
            var words = string.Join(' ', command.Words);
            text.Append($"    {command.Name}) offer=\"{words}\" options=\"{command.OptionNames}\"{ids} ;;\n");
        }

        text.Append($"  esac\n  case {verb}:{before} in\n");
        foreach (var command in Completions.All)
        {
            foreach (var (option, words) in command.Values)
            {
                text.Append($"    {command.Name}:{option}) offer=\"{words}\" ids= ;;\n");
            }
        }

        text.Append($"    *:{Completions.TaskOption}) offer= ids=1 ;;\n  esac\n");
    }

    private static string Fish()
    {
        var text = new StringBuilder("# fish completion for fleet\nfunction __fleet_ids\n").Append(
            "  fleet tasks --all --limit 100 2>/dev/null | string match -rg '^(\\d+)\\s'\nend\n"
        );
        foreach (var verb in Completions.All)
        {
            text.Append($"complete -c fleet -n __fish_use_subcommand -f -a {verb.Name} -d '{Quoted(verb.Says)}'\n");
            var seen = $"complete -c fleet -n '__fish_seen_subcommand_from {verb.Name}'";
            var words = verb.TakesTask ? [.. verb.Words, "(__fleet_ids)"] : verb.Words;
            text.Append(words.IsEmpty ? "" : $"{seen} -f -a '{string.Join(' ', words)}'\n");
            foreach (var option in verb.Options)
            {
                var values = verb.Values.FirstOrDefault(value => value.Option == option.Name).Words;
                var tasks = option.Name == Completions.TaskOption ? "(__fleet_ids)" : null;
                text.Append($"{seen} -l {option.Name.TrimStart('-')}")
                    .Append(option.HelpName is null ? "" : " -r")
                    .Append((values ?? tasks) is { } offered ? $" -f -a '{offered}'" : "")
                    .Append($" -d '{Quoted(option.Description)}'\n");
            }
        }

        return text.ToString();
    }

    private static string Names() => string.Join(' ', Completions.All.Select(verb => verb.Name));

    private static string Quoted(string? text) =>
        (text ?? "").Replace('\'', '’').Replace(":", " -", StringComparison.Ordinal);
}
