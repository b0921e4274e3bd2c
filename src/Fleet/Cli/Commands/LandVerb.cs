using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Moves a task to the front of the landing queue.</summary>
internal sealed class LandVerb : Verb
{
    private readonly Argument<TaskId> id = TaskIdArgument.Of("The task.");

    public LandVerb()
        : base("land", "Move a task to the front of the landing queue.")
    {
        Takes(id);
        Example("fleet land 12", "it lands before the others, gated as they are");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        call.Ask(new Request.LandNext(call.Value(id)), stop);
}
