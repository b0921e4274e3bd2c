using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>A person's no to a proposal.</summary>
internal sealed class RejectVerb : Verb
{
    private readonly Argument<TaskId> id = TaskIdArgument.Of("The task.");
    private readonly Option<string> why = new("--why", "-m")
    {
        Description = "What is wrong with it; the next run is told.",
        HelpName = "TEXT",
        Required = true,
    };

    public RejectVerb()
        : base("reject", "Refuse a task's proposal and say why.")
    {
        Takes(id);
        Takes(why);
        Example("fleet reject 12 -m \"it drops the v1 route\"", "the finding goes back to the task");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        call.Ask(new Request.Reject(call.Value(id), call.Value(why)!), stop);
}
