using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Gives a task up; its work is kept.</summary>
internal sealed class AbandonVerb : Verb
{
    private readonly Argument<TaskId> id = TaskIdArgument.Of("The task.");
    private readonly Option<string?> why = new("--why", "-m")
    {
        Description = "Why, for the record.",
        HelpName = "TEXT",
    };

    public AbandonVerb()
        : base("abandon", "Give a task up; what it did is kept.")
    {
        Takes(id);
        Takes(why);
        Example("fleet abandon 12 -m \"superseded by 14\"", "its run ends; tasks that need it wait for a person");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        call.Ask(new Request.AbandonTask(call.Value(id), call.Value(why) ?? ""), stop);
}
