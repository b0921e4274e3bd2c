using System.CommandLine;
using Fleet.Rules;

namespace Fleet.Cli.Options;

/// <summary>What makes up a brief, for the verbs that write or change one.</summary>
internal sealed class BriefOptions
{
    private readonly Option<string?> text = new("--description", "-d")
    {
        Description = "What to do, in full; - reads it from standard input.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> gate = new("--gate")
    {
        Description = "none: your recorded decision that this task needs no gate.",
        HelpName = "none",
    };

    public BriefOptions()
    {
        gate.AcceptOnlyFromAmong("none");
        All = [text, Agent, Coder, Model, Priority, Needs, Labels, gate];
    }

    public Option[] All { get; }

    public Option<string?> Agent { get; } =
        new("--agent") { Description = "The agent that does it.", HelpName = "NAME" };

    public Option<string?> Coder { get; } =
        new("--coder") { Description = "The program that does it.", HelpName = "NAME" };

    public Option<string?> Model { get; } = new("--model") { Description = "The coder's model.", HelpName = "NAME" };

    public Option<int?> Priority { get; } =
        new("--priority") { Description = "0 (most urgent) to 4; 2 unless you say.", HelpName = "0-4" };

    public Option<TaskId[]> Needs { get; } =
        TaskIdArgument.Needs("A task that must land first; repeat it for several.");

    public Option<string[]> Labels { get; } =
        new("--label") { Description = "A word to find it by; repeat it for several.", HelpName = "WORD" };

    public bool NoGate(Call call) => call.Value(gate) is "none";

    public bool GateGiven(Call call) => call.Has(gate);

    /// <summary>Null when none was given.</summary>
    public async Task<string?> Text(Call call, CancellationToken stop) =>
        call.Value(text) is "-" ? await call.Terminal.In.ReadToEndAsync(stop) : call.Value(text);
}
