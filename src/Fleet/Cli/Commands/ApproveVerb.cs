using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>A person's yes to a proposal.</summary>
internal sealed class ApproveVerb : Verb
{
    private readonly Argument<TaskId> id = TaskIdArgument.Of("The task.");

    public ApproveVerb()
        : base("approve", "Approve a task's proposal: yes to exactly this commit.")
    {
        Takes(id);
        Example("fleet approve 12", "its landing is next, if every gate upholds it");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        call.Ask(new Request.Approve(call.Value(id)), stop);
}
