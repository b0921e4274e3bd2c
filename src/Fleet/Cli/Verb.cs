using System.CommandLine;

namespace Fleet.Cli;

/// <summary>A use of a verb that its help shows, and what it does.</summary>
internal sealed record Example(string Line, string Says);

/// <summary>One command of the CLI: the constructor says what it takes, <see cref="Run"/> what it does.</summary>
internal abstract class Verb
{
    /// <summary>Says nothing; only keeps the word behind it from being the first.</summary>
    public const string LiteralName = "--literal";

    private readonly List<Example> examples = [];

    protected Verb(string name, string summary)
    {
        Command = new Command(name, summary)
        {
            Json,
            NoInput,
            Help,
            new Option<bool>(LiteralName) { Description = "What follows is not for the parser.", Hidden = true },
        };
    }

    public Command Command { get; }

    public IReadOnlyList<Example> Examples => examples;

    public Option<bool> Json { get; } = new("--json") { Description = "Answer as JSON, for programs." };

    public Option<bool> NoInput { get; } = new("--no-input") { Description = "Never ask anything." };

    public Option<bool> Help { get; } = new("--help", "-h") { Description = "Show this help." };

    /// <summary>What may follow <c>--</c>, for the usage line; none where nothing may.</summary>
    public virtual string? Tail => null;

    /// <summary>Does it, and says how it went by its exit code.</summary>
    public abstract Task<int> Run(Call call, CancellationToken stop);

    protected void Takes(params Option[] options)
    {
        foreach (var option in options)
        {
            Command.Add(option);
        }
    }

    protected void Takes(params Argument[] arguments)
    {
        foreach (var argument in arguments)
        {
            Command.Add(argument);
        }
    }

    protected void Example(string line, string says) => examples.Add(new Example(line, says));
}
