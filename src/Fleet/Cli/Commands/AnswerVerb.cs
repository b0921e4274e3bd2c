using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>A person's answer to a run that asks whether it may do something.</summary>
internal sealed class AnswerVerb : Verb
{
    private readonly Argument<TaskId> id = TaskIdArgument.Of("The task.");
    private readonly Argument<string> answer = new("ANSWER") { Description = "yes, this once; or no." };

    public AnswerVerb()
        : base("answer", "Answer a run that asks whether it may do something.")
    {
        answer.AcceptOnlyFromAmong("yes", "no");
        Takes(id);
        Takes(answer);
        Example("fleet answer 12 yes", "the tool call that task 12 asks about is made");
        Example("fleet answer 12 no", "it is not, and the run goes on without it");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        call.Ask(new Request.AnswerPermission(call.Value(id), call.Value(answer) == "yes"), stop);
}
