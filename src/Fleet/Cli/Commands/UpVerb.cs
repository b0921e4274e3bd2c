using System.CommandLine;

namespace Fleet.Cli.Commands;

/// <summary>Runs the daemon here, or in the background.</summary>
internal sealed class UpVerb : Verb
{
    private readonly Option<bool> detach = new("--detach", "-d") { Description = "In the background." };

    public UpVerb()
        : base("up", "Run the daemon: tasks start, gates run, proven work lands.")
    {
        Takes(detach);
        Example("fleet up", "here, until Ctrl-C; runs go on and are taken over by the next daemon");
        Example("fleet up -d", "in the background");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        call.Value(detach) ? DaemonRun.Detached(call, stop) : DaemonRun.Here(call, stop);
}
