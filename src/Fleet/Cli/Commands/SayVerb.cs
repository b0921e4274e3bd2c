using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Says something to a task's coder, now if it can hear, else with its next turn or run.</summary>
internal sealed class SayVerb : Verb
{
    private readonly Argument<TaskId> id = TaskIdArgument.Of("The task.");
    private readonly Argument<string> words = new("WORDS") { Description = "What to say." };

    public SayVerb()
        : base("say", "Say something to a task's coder: in the middle of its turn where it can hear.")
    {
        Takes(id, words);
        Example("fleet say 12 \"Leave the old API as it is.\"", "heard at once by claude and codex, else next time");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        call.Ask(new Request.Say(call.Value(id), call.Value(words)!), stop);
}
