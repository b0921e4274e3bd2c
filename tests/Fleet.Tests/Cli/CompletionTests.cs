using System.Diagnostics;
using Fleet.Cli.Output;

namespace Fleet.Tests.Cli;

public sealed class CompletionTests
{
    [Fact]
    public void Bash_understands_its_script_and_offers_commands_options_and_words()
    {
        var script = CompletionScript.For("bash");

        Assert.Equal("tasks", Complete(script, "fleet", "tas").Split('\n').Single(word => word == "tasks"));
        Assert.Equal("--watch", Complete(script, "fleet", "tasks", "--wa"));
        Assert.Equal("verify", Complete(script, "fleet", "audit", "ver"));
    }

    [Theory]
    [InlineData("zsh", "#compdef fleet")]
    [InlineData("fish", "complete -c fleet")]
    public void The_other_shells_get_theirs(string shell, string says) =>
        Assert.Contains(says, CompletionScript.For(shell), StringComparison.Ordinal);

    private static string Complete(string script, params string[] words)
    {
        var start = new ProcessStartInfo("bash")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var bash = Process.Start(start)!;
        bash.StandardInput.Write(script);
        bash.StandardInput.Write($"COMP_WORDS=({string.Join(' ', words)}); COMP_CWORD={words.Length - 1}\n_fleet\n");
        bash.StandardInput.Write("printf '%s\\n' \"${COMPREPLY[@]}\"\n");
        bash.StandardInput.Close();
        return bash.StandardOutput.ReadToEnd().TrimEnd();
    }
}
