using System.Collections.Immutable;
using System.Globalization;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Rules.Tasks;
using Fleet.Rules.Views;

namespace Fleet.Cli.Demo;

/// <summary>
/// A real fleet on the demo's repository: its daemon, its tasks, and a live view until all have ended.
/// </summary>
internal sealed class DemoFleet(string root, Terminal terminal, TimeProvider clock)
{
    private const int MostRows = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(500);

    private const string HomeSettings = """
        version: 1
        max_concurrent: 3
        landing: { mode: auto }
        limits: { run: 5s, grace: 1s }
        retries: { after_crash: 0 }

        """;

    private readonly FleetHome home = new(Path.Combine(root, "home"));
    private readonly string shop = Path.Combine(root, "shop");
    private readonly long began = clock.GetTimestamp();
    private readonly Dictionary<TaskId, string> told = [];
    private readonly Picture picture = new(terminal);

    /// <summary>Null when everything ended, else what went wrong.</summary>
    /// <param name="program">Where this program is, unless the person's shell finds it.</param>
    public async Task<string?> Run(string? program, CancellationToken stop)
    {
        Directory.CreateDirectory(shop);
        Directory.CreateDirectory(home.Root);
        await File.WriteAllTextAsync(home.Settings, HomeSettings, stop);
        if (await DemoRepository.Make(shop, stop) is { } git)
        {
            return git;
        }

        if (await DaemonLaunch.Start(home, clock, stop) is { } why)
        {
            return why;
        }

        await using var control = new HttpControl(home);
        try
        {
            return await Play(control, program, stop);
        }
        finally
        {
            await control.Ask(Asking(new Request.Drain(Now: true)), CancellationToken.None);
        }
    }

    private async Task<string?> Play(HttpControl control, string? program, CancellationToken stop)
    {
        if (await Trust(control, stop) is { } problem)
        {
            return problem;
        }

        var ids = new List<TaskId>();
        foreach (var task in DemoTasks.AtOnce)
        {
            ids.Add(await Add(control, task, ids, stop));
        }

        if (!await FollowToEnd(control, stop))
        {
            return $"not every task ended within {DurationText.Write(Limit)}";
        }

        await Add(control, DemoTasks.Trespass(shop), ids, stop);
        if (!await FollowToEnd(control, stop))
        {
            return $"not every task ended within {DurationText.Write(Limit)}";
        }

        var all = await control.Tasks(new TaskQuery(All: true, MostRows), stop);
        terminal.Write(new DemoReport(root, program, terminal.Width).Of(all, await Kept(control, all, stop)));
        return null;
    }

    /// <summary>The demo's person trusts the commands that the demo wrote, once trunk was read.</summary>
    private async Task<string?> Trust(HttpControl control, CancellationToken stop)
    {
        await control.Ask(Asking(new Request.AddRepository(shop, "main", null)), stop);
        while (clock.GetElapsedTime(began) < Limit)
        {
            var status = await control.Status(stop);
            switch (status.Repositories.FirstOrDefault())
            {
                case { CommandsHash: { } hash }:
                    await control.Ask(Asking(new Request.Trust(shop, hash)), stop);
                    return null;
                case { Unreadable: { } why }:
                    return why;
                default:
                    await control.Tasks(new TaskQuery(All: false, 1, status.AsOf, Redraw), stop);
                    break;
            }
        }

        return "the demo's repository was not read in time";
    }

    private static async Task<TaskId> Add(HttpControl control, DemoTask task, List<TaskId> ids, CancellationToken stop)
    {
        var brief = new Brief(
            task.Title,
            "",
            "",
            Agent: null,
            Brief.CommandCoder,
            Model: null,
            [task.Script],
            Brief.DefaultPriority,
            [.. task.Needs.Select(i => ids[i])],
            [],
            NoGate: false
        );
        var status = await control.Status(stop);
        var answer = await control.Ask(Asking(new Request.AddTask(status.Repositories[0].Root, brief)), stop);
        return answer.Task ?? throw new InvalidOperationException(answer.Message);
    }

    private async Task<bool> FollowToEnd(HttpControl control, CancellationToken stop)
    {
        long? seen = null;
        while (clock.GetElapsedTime(began) < Limit)
        {
            var tasks = await control.Tasks(new TaskQuery(All: true, MostRows, seen, Redraw), stop);
            Show(tasks);
            if (tasks.Rows.All(DemoReport.HasEnded))
            {
                return true;
            }

            seen = tasks.AsOf;
        }

        return false;
    }

    private void Show(TaskList tasks)
    {
        if (terminal.Height is not null)
        {
            var time = clock.GetElapsedTime(began).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            picture.Show($"fleet demo · {time} s · {root}\n\n{TaskTableText.Of(tasks, all: true, terminal)}");
            return;
        }

        foreach (var row in tasks.Rows.Where(DemoReport.IsNews).OrderBy(r => r.Id))
        {
            var standing = $"{row.State} {row.WaitingFor} {row.Why}";
            if (!told.TryGetValue(row.Id, out var last) || !string.Equals(last, standing, StringComparison.Ordinal))
            {
                told[row.Id] = standing;
                terminal.Line(DemoReport.News(row, clock.GetElapsedTime(began)));
            }
        }
    }

    /// <summary>Where the work of tasks that did not land is pinned.</summary>
    private static async Task<ImmutableDictionary<string, string>> Kept(
        HttpControl control,
        TaskList tasks,
        CancellationToken stop
    )
    {
        var kept = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var row in tasks.Rows.Where(r => r.State is not TaskState.Landed))
        {
            if (await control.Story(row.Id, stop) is { Run: { Kept: { } commit } run })
            {
                kept[row.Id.ToString()] = $"refs/fleet/kept/{run.Id.Task}/{run.Id.Number} ({commit.Short})";
            }
        }

        return kept.ToImmutable();
    }

    private static ControlRequest Asking(Request request) =>
        new(Guid.NewGuid().ToString("N"), Actor.Human("demo person").ToString(), request);
}
