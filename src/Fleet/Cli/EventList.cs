using System.Collections.Immutable;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Cli;

/// <summary>Lists events of the record, all or one task's, and follows them.</summary>
internal static class EventList
{
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(30);

    public static async Task<int> Show(
        Call call,
        IControl control,
        TaskId? task,
        long after,
        bool follow,
        CancellationToken stop
    )
    {
        if (call.Json && !follow)
        {
            Show(call, await Whole(control, task, after, stop));
            return Answer.Done;
        }

        var query = new EventQuery(after, ControlApi.MostRows, task);
        while (true)
        {
            var page = await control.Events(query, stop);
            Show(call, page);
            var full = page.Rows.Length == ControlApi.MostRows;
            if (!full && (!follow || await HasEnded(control, task, stop)))
            {
                return Answer.Done;
            }

            query = query with { After = page.AsOf, Wait = full ? TimeSpan.Zero : LongPoll };
        }
    }

    public static void Show(Call call, EventPage page)
    {
        if (call.Json)
        {
            call.Show(ControlJson.Write(page));
            return;
        }

        foreach (var row in page.Rows)
        {
            call.Terminal.Line(EventText.Line(row, call.Terminal));
        }
    }

    /// <summary>All pages as one, for whoever reads a single document.</summary>
    private static async Task<EventPage> Whole(IControl control, TaskId? task, long after, CancellationToken stop)
    {
        var rows = ImmutableArray.CreateBuilder<EventRow>();
        while (true)
        {
            var page = await control.Events(new EventQuery(after, ControlApi.MostRows, task), stop);
            rows.AddRange(page.Rows);
            if (page.Rows.Length < ControlApi.MostRows)
            {
                return page with { Rows = rows.DrainToImmutable() };
            }

            after = page.AsOf;
        }
    }

    private static async Task<bool> HasEnded(IControl control, TaskId? task, CancellationToken stop) =>
        task is { } id
        && await control.Story(id, stop) is not { Row.State: not (TaskState.Landed or TaskState.Abandoned) };
}
