using System.Text;

namespace Fleet.Cli.Output;

/// <summary>Completion scripts, made from the commands themselves.</summary>
internal static class CompletionScript
{
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
        var text = new StringBuilder("# bash completion for fleet\n_fleet() {\n")
            .Append("  local word=${COMP_WORDS[COMP_CWORD]}\n  if [ \"$COMP_CWORD\" -eq 1 ]; then\n")
            .Append($"    COMPREPLY=($(compgen -W \"{Names()}\" -- \"$word\"))\n    return\n  fi\n")
            .Append("  case ${COMP_WORDS[1]} in\n");
        foreach (var verb in Verbs())
        {
            text.Append($"    {verb.Command.Name}) COMPREPLY=($(compgen -W \"{WordsOf(verb)}\" -- \"$word\")) ;;\n");
        }

        return text.Append("  esac\n}\ncomplete -o default -F _fleet fleet\n").ToString();
    }

    private static string Zsh()
    {
        var text = new StringBuilder("#compdef fleet\nlocal -a commands\ncommands=(\n");
        foreach (var verb in Verbs())
        {
            text.Append($"  '{verb.Command.Name}:{Quoted(verb.Command.Description)}'\n");
        }

        text.Append(")\nif (( CURRENT == 2 )); then\n  _describe command commands\n  return\nfi\ncase $words[2] in\n");
        foreach (var verb in Verbs())
        {
            text.Append($"  {verb.Command.Name}) compadd -- {WordsOf(verb)} ;;\n");
        }

        return text.Append("esac\n").ToString();
    }

    private static string Fish()
    {
        var text = new StringBuilder("# fish completion for fleet\n");
        foreach (var verb in Verbs())
        {
            var name = verb.Command.Name;
            text.Append(
                $"complete -c fleet -n __fish_use_subcommand -a {name} -d '{Quoted(verb.Command.Description)}'\n"
            );
            text.Append($"complete -c fleet -n '__fish_seen_subcommand_from {name}' -a '{WordsOf(verb)}'\n");
        }

        return text.ToString();
    }

    private static IEnumerable<Verb> Verbs() => CommandTable.All.Select(entry => entry.Make());

    private static string Names() => string.Join(' ', CommandTable.All.Select(entry => entry.Name));

    /// <summary>Long options, and the words that an argument may be.</summary>
    private static string WordsOf(Verb verb)
    {
        var options = verb.Command.Options.Where(option => !option.Hidden).Select(option => option.Name);
        var words = verb.Command.Arguments.SelectMany(argument =>
            argument.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(item => item.Label)
        );
        return string.Join(' ', words.Concat(options));
    }

    private static string Quoted(string? text) =>
        (text ?? "").Replace("'", "", StringComparison.Ordinal).Replace(":", " -", StringComparison.Ordinal);
}
