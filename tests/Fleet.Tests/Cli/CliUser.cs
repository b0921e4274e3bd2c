using System.Text;
using System.Text.Json;
using Fleet.Cli;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Tests.Git;

namespace Fleet.Tests.Cli;

/// <summary>What a command left: its exit code and both of its outputs.</summary>
internal sealed record Said(int Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;
}

/// <summary>A person at a shell with a home and a repository of their own, both gone after the test.</summary>
internal sealed class CliUser : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["USER"] = "ada" };

    public CliUser()
    {
        Home = new FleetHome(scratch.At("home"));
        Shop = scratch.Repository();
        Directory = Shop.Path;
    }

    public FleetHome Home { get; init; }

    public ScratchRepository Shop { get; }

    public string Directory { get; set; }

    /// <summary>Whether the person looks at a screen; else everything goes into pipes.</summary>
    public bool AtScreen { get; set; }

    public string Input { get; set; } = "";

    public string At(string name) => scratch.At(name);

    public void Set(string name, string value) => environment[name] = value;

    /// <summary>Runs a command as <c>fleet</c> would, in this process, against the real home.</summary>
    public async Task<Said> Fleet(params string[] args)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter();
        var terminal = new Terminal(
            new StringReader(Input),
            output,
            error,
            Prompts: AtScreen,
            IsScreen: AtScreen,
            Colours: AtScreen
        )
        {
            Width = AtScreen ? 100 : null,
        };
        var around = new Surroundings(
            terminal,
            Home,
            Directory,
            environment.GetValueOrDefault,
            () => FleetControl.Connect(Home, TimeProvider.System),
            TimeProvider.System
        );
        var code = await CommandTable.Run(args, around, TestContext.Current.CancellationToken);
        return new Said(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Adds a task that a command would do.</summary>
    public async Task<string> Add(string title, params string[] more) =>
        (await Fleet(["add", title, .. more, "--", "./work.sh"])).Out.Trim();

    public void Dispose() => scratch.Dispose();
}
