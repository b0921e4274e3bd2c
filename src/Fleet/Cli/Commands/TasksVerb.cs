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
    private const int FewestRows = 3;

    /// <summary>What stands around the rows: headings, how many more there are, and what waits for a person.</summary>
    private const int LinesAround = 10;
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

        return call.Terminal.Height is { } height && !call.Json
            ? await Draw(call, query with { Limit = RowsThatFit(query.Limit, height) }, stop)
            : await Report(call, query, stop);
    }

    private static int RowsThatFit(int asked, int height) =>
        Math.Min(asked, Math.Max(FewestRows, height - LinesAround));

    /// <summary>On a screen times go on, so it is drawn again each second.</summary>
    private static async Task<int> Draw(Call call, TaskQuery query, CancellationToken stop)
    {
        var picture = new Picture(call.Terminal);
        var shown = default(long?);
        while (true)
        {
            await using var control = call.Connect();
            var tasks = await control.Tasks(query with { After = shown, Wait = Redraw }, stop);
            var hint = control.DaemonRuns ? "" : "\nno daemon runs, so nothing starts; try: fleet up -d\n";
            picture.Show(TaskTableText.Of(tasks, query.All, call.Terminal) + hint);
            shown = tasks.AsOf;
        }
    }

    /// <summary>In a pipe only news is written.</summary>
    private static async Task<int> Report(Call call, TaskQuery query, CancellationToken stop)
    {
        var shown = default(long?);
        while (true)
        {
            await using var control = call.Connect();
            var tasks = await control.Tasks(query with { After = shown, Wait = LongPoll }, stop);
            if (shown is null || tasks.AsOf > shown)
            {
                call.Terminal.Write(shown is null || call.Json ? "" : "\n");
                Show(call, tasks, query.All);
            }

            shown = tasks.AsOf;
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
