using Fleet.Cli.Demo;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Shows a fleet at work in a throw-away repository: real processes, real git, no model.</summary>
internal sealed class DemoVerb : Verb
{
    public DemoVerb()
        : base("demo", "Watch a fleet work and fail: no model, no key, no network.")
    {
        Example("fleet demo", "nine tasks in a throw-away repository: good work, lies, crashes and collisions");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var root = Directory.CreateTempSubdirectory("fleet-demo-").FullName;
        call.Terminal.Note($"a throw-away repository and home are made in {root}");
        return await new DemoFleet(root, call.Terminal, call.Clock).Run(OffPath(call), stop) is { } why
            ? call.Fail(Answer.Failed, "the demo did not end as it should", why, "fleet doctor", root)
            : Answer.Done;
    }

    /// <summary>Where this program is, for a person whose shell does not find it by its name.</summary>
    private static string? OffPath(Call call)
    {
        var folders = (call.Variable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return Array.Exists(folders, folder => File.Exists(Path.Combine(folder, "fleet")))
            ? null
            : call.Variable("FLEET_LAUNCHER") ?? Environment.ProcessPath;
    }
}
