using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Rules;
using Fleet.Settings;

namespace Fleet.Cli.Commands;

/// <summary>All commands by group, one command, or a topic.</summary>
internal sealed class HelpVerb : Verb
{
    private readonly Argument<string?> topic = new("TOPIC")
    {
        Description = "A command, or exit-codes, states, settings, env.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public HelpVerb()
        : base("help", "Show all commands, one command, or a topic.")
    {
        Takes(topic);
        Example("fleet help", "all commands");
        Example("fleet help exit-codes", "what each exit code means");
    }

    public override Task<int> Run(Call call, CancellationToken stop) => Task.FromResult(Show(call));

    private int Show(Call call)
    {
        if (call.Value(topic) is not { } name)
        {
            call.Terminal.Write(HelpText.Overview());
            return Answer.Done;
        }

        var command = Array.Find(CommandTable.All, entry => string.Equals(entry.Name, name, StringComparison.Ordinal));
        var text = Array.Find(Topics.All, entry => string.Equals(entry.Name, name, StringComparison.Ordinal)).Text;
        if (command.Make is null && text is null)
        {
            var known = CommandTable.All.Select(entry => entry.Name).Concat(Topics.All.Select(entry => entry.Name));
            var meant = DidYouMean.Of(name, known);
            return call.Fail(
                Answer.Usage,
                $"there is no command or topic \"{name}\"",
                meant is null ? null : $"did you mean \"{meant}\"?",
                meant is null ? "fleet help" : $"fleet help {meant}"
            );
        }

        call.Terminal.Write(command.Make is { } make ? HelpText.Of(make()) : text!());
        return Answer.Done;
    }
}
