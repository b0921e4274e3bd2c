using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Prints a completion script for a shell.</summary>
internal sealed class CompletionVerb : Verb
{
    private readonly Argument<string> shell = new("SHELL") { Description = "bash, zsh or fish." };

    public CompletionVerb()
        : base("completion", "Print a completion script for bash, zsh or fish.")
    {
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Takes(shell);
        Example("fleet completion bash > ~/.local/share/bash-completion/completions/fleet", "for bash");
        Example("fleet completion zsh > ~/.zfunc/_fleet", "for zsh, with ~/.zfunc in fpath");
        Example("fleet completion fish > ~/.config/fish/completions/fleet.fish", "for fish");
    }

    public override Task<int> Run(Call call, CancellationToken stop)
    {
        call.Terminal.Write(CompletionScript.For(call.Value(shell)!));
        return Task.FromResult(Answer.Done);
    }
}
