using System.Diagnostics;
using Fleet.Cli.Output;

namespace Fleet.Tests.Cli;

public sealed class CompletionTests
{
    /// <summary>Stands for the program: it knows two tasks.</summary>
    private const string TwoTasks =
        "fleet() { printf '%s\\n' 'ID  STATE  TITLE' '12  ready  Sort' '7  landed  5' '' '! 12  why'; }\n";

    [Fact]
    public void Bash_understands_its_script_and_offers_commands_options_and_words()
    {
        Assert.Equal("tasks", Complete("fleet", "tas").Single(word => word == "tasks"));
        Assert.Equal(["--watch"], Complete("fleet", "tasks", "--wa"));
        Assert.Equal(["verify"], Complete("fleet", "audit", "ver"));
        Assert.Equal(["exit-codes"], Complete("fleet", "help", "exit"));
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("edit")]
    [InlineData("stop")]
    [InlineData("wait")]
    public void Bash_offers_the_ids_of_tasks_where_a_task_is_meant(string verb) =>
        Assert.Equal(["12", "7"], Complete("fleet", verb, "''"));

    [Fact]
    public void Bash_offers_what_an_option_may_be()
    {
        Assert.Equal(["landed", "landing"], Complete("fleet", "wait", "12", "--for", "land").Order());
        Assert.Equal(["none"], Complete("fleet", "add", "Sort", "--gate", "n"));
        Assert.Equal(["12"], Complete("fleet", "add", "Sort", "--needs", "1"));
    }

    [Theory]
    [InlineData("zsh", "#compdef fleet")]
    [InlineData("fish", "complete -c fleet")]
    public void The_other_shells_get_theirs(string shell, string says) =>
        Assert.Contains(says, CompletionScript.For(shell), StringComparison.Ordinal);

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Every_command_and_every_option_is_in_every_script(string shell)
    {
        var script = CompletionScript.For(shell);

        Assert.All(
            Completions.All.SelectMany(verb => verb.Options.Select(option => option.Name).Append(verb.Name)),
            word => Assert.Contains(word.TrimStart('-'), script, StringComparison.Ordinal)
        );
    }

    private static string[] Complete(params string[] words)
    {
        var start = new ProcessStartInfo("bash")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var bash = Process.Start(start)!;
        bash.StandardInput.Write(CompletionScript.For("bash") + TwoTasks);
        bash.StandardInput.Write($"COMP_WORDS=({string.Join(' ', words)}); COMP_CWORD={words.Length - 1}\n_fleet\n");
        bash.StandardInput.Write("printf '%s\\n' \"${COMPREPLY[@]}\"\n");
        bash.StandardInput.Close();
        return bash.StandardOutput.ReadToEnd().TrimEnd().Split('\n');
    }
}
