using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Cli.Commands;

/// <summary>Lists tasks, once or again with every change.</summary>
internal sealed class TasksVerb : Verb
{
    private const int DefaultRows = 50;
    private const string Clear = "\u001b[H\u001b[2J";
    private static readonly TimeSpan Redraw = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(30);

    private readonly Option<bool> all = new("--all") { Description = "Ended tasks too." };
    private readonly Option<bool> watch = new("--watch", "-w") { Description = "Show it again with every change." };
    private readonly Option<int?> limit = new("--limit")
    {
        Description = "At most so many; 50 unless you say.",
        HelpName = "N",
    };

    public TasksVerb()
        : base("tasks", "List the tasks: what runs and what needs you first.")
    {
        Takes(all, watch, limit);
        Example("fleet tasks", "the open tasks: ◌ an agent's claim, ● evidence, ■ a person's decision");
        Example("fleet tasks --watch", "stay and follow");
        Example("fleet tasks --all --json | jq -r '.items[] | select(.state==\"landed\").id'", "for programs");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var query = new TaskQuery(call.Value(all), call.Value(limit) ?? DefaultRows);
        if (query.Limit < 1)
        {
            return call.Fail(Answer.Usage, "a limit is at least 1", next: "fleet tasks --help");
        }

        if (!call.Value(watch))
        {
            await using var control = call.Connect();
            Show(call, await control.Tasks(query, stop), query.All);
            return Answer.Done;
        }

        return await Watch(call, query, stop);
    }

    /// <summary>On a screen times go on, so it is drawn again each second; in a pipe only news is written.</summary>
    private static async Task<int> Watch(Call call, TaskQuery query, CancellationToken stop)
    {
        var shown = -1L;
        while (true)
        {
            await using var control = call.Connect();
            var wait = call.Terminal.IsScreen ? Redraw : LongPoll;
            var tasks = await control.Tasks(shown < 0 ? query : query with { After = shown, Wait = wait }, stop);
            if (tasks.AsOf > shown || call.Terminal.IsScreen)
            {
                call.Terminal.Write(
                    call.Terminal.IsScreen ? Clear
                    : shown < 0 ? ""
                    : "\n"
                );
                Show(call, tasks, query.All);
            }

            shown = Math.Max(shown, tasks.AsOf);
            if (!control.DaemonRuns && call.Terminal.IsScreen)
            {
                call.Terminal.Note("no daemon runs; try: fleet up -d");
            }
        }
    }

    private static void Show(Call call, TaskList tasks, bool all)
    {
        if (call.Json)
        {
            call.Show(ControlJson.Write(tasks));
        }
        else
        {
            call.Terminal.Write(TaskTableText.Of(tasks, all, call.Terminal));
        }
    }
}
