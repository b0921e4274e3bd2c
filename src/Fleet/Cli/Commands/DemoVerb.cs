using Fleet.Cli.Demo;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Shows a fleet at work in a throw-away repository: real processes, real git, no model.</summary>
internal sealed class DemoVerb : Verb
{
    public DemoVerb()
        : base("demo", "Watch a fleet work for half a minute: no model, no key, no network.")
    {
        Example("fleet demo", "nine tasks in a throw-away repository: good work, lies, crashes and collisions");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var root = Directory.CreateTempSubdirectory("fleet-demo-").FullName;
        call.Terminal.Note($"a throw-away repository and home are made in {root}");
        return await new DemoFleet(root, call.Terminal, call.Clock).Run(stop) is { } why
            ? call.Fail(Answer.Failed, "the demo did not end as it should", why, "fleet doctor", root)
            : Answer.Done;
    }
}
