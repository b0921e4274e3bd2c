using System.Collections.Immutable;
using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Changes what is named of a task and leaves the rest.</summary>
internal sealed class EditVerb : Verb
{
    private readonly Argument<TaskId> id = TaskIdArgument.Of("The task.");
    private readonly Option<string?> title = new("--title") { Description = "A new title.", HelpName = "TITLE" };
    private readonly BriefOptions brief = new();

    public EditVerb()
        : base("edit", "Change a task that no run is at.")
    {
        Takes(id);
        Takes([title, .. brief.All]);
        Example("fleet edit 12 --priority 0", "make it the most urgent");
        Example("fleet edit 12 --needs none", "let it start without waiting for other tasks");
        Example("fleet edit 12 -- ./other.sh --fast", "run something else");
    }

    public override string Tail => "COMMAND…";

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var change = new BriefChange(
            call.Value(title),
            await brief.Text(call, stop),
            call.Value(brief.Agent),
            call.Value(brief.Coder),
            call.Value(brief.Model),
            call.Value(brief.Priority),
            call.Has(brief.Needs) ? [.. call.Value(brief.Needs) ?? []] : null,
            call.Has(brief.Labels) ? [.. call.Value(brief.Labels) ?? []] : null,
            brief.GateGiven(call) ? brief.NoGate(call) : null,
            call.Tail is { Count: > 0 } command ? [.. command] : (ImmutableArray<string>?)null
        );
        return change == new BriefChange()
            ? call.Fail(Answer.Usage, "nothing was named to change", next: "fleet edit --help")
            : await call.Ask(new Request.EditTask(call.Value(id), change), stop);
    }
}
