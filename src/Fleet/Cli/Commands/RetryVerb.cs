using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Another attempt at a task that was set aside.</summary>
internal sealed class RetryVerb : Verb
{
    private readonly Argument<TaskId> id = TaskIdArgument.Of("The task.");

    public RetryVerb()
        : base("retry", "Try a task again that was set aside.")
    {
        Takes(id);
        Example("fleet retry 12", "counts of failures begin anew");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        call.Ask(new Request.RetryTask(call.Value(id)), stop);
}
