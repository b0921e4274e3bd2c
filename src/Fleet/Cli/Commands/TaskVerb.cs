using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Daemon.Conversations;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Cli.Commands;

/// <summary>Shows one task from one of several sides.</summary>
internal sealed class TaskVerb : Verb
{
    private readonly Argument<TaskId> id = TaskIdArgument.Of("The task.");
    private readonly Argument<string> side = new("SIDE")
    {
        Description = "show (unless you say), log, plan, knowledge, diff, events, brief, context or why.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => "show",
    };
    private readonly Option<bool> follow = new("--follow", "-f") { Description = "log, events: stay until it ends." };
    private readonly Option<bool> raw = new("--raw") { Description = "log: the coder's stream as it is." };
    private readonly Option<int?> run = new("--run")
    {
        Description = "log, brief, context: an earlier run.",
        HelpName = "N",
    };

    public TaskVerb()
        : base("task", "Show one task: how it stands, its log, plan, diff, events, and why.")
    {
        side.AcceptOnlyFromAmong("show", "log", "plan", "knowledge", "diff", "events", "brief", "context", "why");
        Takes(id, side);
        Takes(follow, raw, run);
        Example("fleet task 12", "how it stands");
        Example("fleet task 12 log -f", "the conversation with its coder, as it goes on");
        Example("fleet task 12 diff", "what it would change on trunk");
        Example("fleet task 12 context", "what its newest run was given to look at, and whether that still holds");
        Example("fleet task 12 why", "why it stands where it stands, and what to do next");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        await using var control = call.Connect();
        var task = call.Value(id);
        if (await control.Story(task, stop) is not { } story)
        {
            return call.Fail(Answer.NotFound, $"there is no task {task}", next: "fleet tasks --all");
        }

        return call.Value(side) switch
        {
            "log" => await RunLog.Show(call, story, call.Value(run), call.Value(follow), call.Value(raw), stop),
            "brief" => RunLog.Brief(call, story, call.Value(run)),
            "context" => await RunContext.Show(call, control, story, call.Value(run), stop),
            "diff" => await TaskDiff.Show(call, story, stop),
            "events" => await EventList.Show(call, control, task, 0, call.Value(follow), stop),
            "why" => await Why(call, control, story, stop),
            "plan" => Plan(call, story),
            "knowledge" => Knowledge(call, story),
            _ => Text(call, story, StoryText.Show(story, call.Terminal)),
        };
    }

    private static int Text(Call call, TaskStory story, string text)
    {
        if (call.Json)
        {
            return call.Show(ControlJson.Write(story));
        }

        call.Terminal.Write(text);
        return Answer.Done;
    }

    private static int Plan(Call call, TaskStory story)
    {
        var plan = PlanStory.Of(story);
        var note = TaskNotes.Plan(call.Home, story.Row.Id);
        if (call.Json)
        {
            return call.Show(ControlJson.Write(plan, note?.Path, note?.Text));
        }

        call.Terminal.Write(StoryText.Plan(plan) + NoteText.Of(note));
        return Answer.Done;
    }

    private static int Knowledge(Call call, TaskStory story)
    {
        var note = TaskNotes.Knowledge(call.Home, story.Row.Id);
        if (call.Json)
        {
            return call.Show(ControlJson.Write(story, note?.Text));
        }

        call.Terminal.Write(StoryText.Knowledge(story) + NoteText.Of(note));
        return Answer.Done;
    }

    private static async Task<int> Why(Call call, IControl control, TaskStory story, CancellationToken stop)
    {
        var events = await control.Events(new EventQuery(0, ControlApi.MostRows, story.Row.Id), stop);
        var why = WhyStory.Of(story, events.Rows);
        if (call.Json)
        {
            return call.Show(ControlJson.Write(why));
        }

        call.Terminal.Write(StoryText.Why(why, call.Terminal));
        return Answer.Done;
    }
}
