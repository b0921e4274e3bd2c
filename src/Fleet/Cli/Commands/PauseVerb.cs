using System.CommandLine;
using Fleet.Rules;
using Fleet.Rules.Attention;

namespace Fleet.Cli.Commands;

/// <summary>Starts nothing new, or halts everything in place.</summary>
internal sealed class PauseVerb : Verb
{
    private readonly Option<bool> freeze = new("--freeze")
    {
        Description = "Halt every run's whole process tree in place too.",
    };

    public PauseVerb()
        : base("pause", "Start nothing new; what runs goes on unless you freeze it.")
    {
        Takes(freeze);
        Example("fleet pause", "runs finish, nothing starts, nothing lands");
        Example("fleet pause --freeze", "every process stands still until fleet resume");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        call.Ask(new Request.Pause(call.Value(freeze) ? PauseKind.Freeze : PauseKind.StartNothing), stop);
}
