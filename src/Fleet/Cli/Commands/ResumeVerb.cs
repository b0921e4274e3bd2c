using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Ends a pause, a freeze, a full stop, or a halt of landings.</summary>
internal sealed class ResumeVerb : Verb
{
    public ResumeVerb()
        : base("resume", "Go on after a pause, a freeze or a full stop.")
    {
        Example("fleet resume", "tasks that were stopped still wait: fleet retry ID");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        if (call.Who.Kind is not ActorKind.Human)
        {
            return call.Fail(Answer.Refused, "only a person may resume the fleet", next: "fleet tasks");
        }

        var lifted = Directory.Exists(call.Home.Root) && Halt.Lift(call.Home.Root);
        await using var control = call.Connect();
        var answer = await control.Ask(call.Asking(new Request.Resume()), stop);
        return call.Tell(answer.Code == Answer.Done && lifted ? answer with { Message = "resumed" } : answer);
    }
}
