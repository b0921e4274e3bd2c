using System.Diagnostics;
using Fleet.Daemon;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Tasks;
using Fleet.Rules.Views;

namespace Fleet.Bench.Ground;

/// <summary>The published binary's daemon on its own home; its end takes all processes of that home along.</summary>
internal sealed class LiveDaemon : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Process process;

    private LiveDaemon(FleetHome home, Process process) =>
        (Home, this.process, Control) = (home, process, new HttpControl(home));

    public FleetHome Home { get; }

    public HttpControl Control { get; }

    public int Pid => process.Id;

    /// <summary>The keeper of this home; none before the daemon started one.</summary>
    public int? KeeperPid
    {
        get
        {
            var end = $"\0keeper\0--home\0{Home.Root}\0";
            return Process
                .GetProcesses()
                .Select(each => (int?)each.Id)
                .FirstOrDefault(pid => Arguments(pid!.Value).EndsWith(end, StringComparison.Ordinal));
        }
    }

    /// <summary>Starts it with these settings of the home and waits until it answers.</summary>
    public static async Task<LiveDaemon> Start(string home, string? settings = null)
    {
        Directory.CreateDirectory(home);
        if (settings is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(home, "config.yaml"), settings);
        }

        var start = new ProcessStartInfo(Root.Binary, ["up"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [FleetHome.Variable] = home },
        };
        var daemon = new LiveDaemon(new FleetHome(home), Process.Start(start)!);
        await daemon.UntilServing();
        return daemon;
    }

    public async Task<Answer> Ask(Request request)
    {
        var asked = new ControlRequest(Guid.NewGuid().ToString("N"), Actor.Human("bench").ToString(), request);
        var answer = await Control.Ask(asked, CancellationToken.None);
        return answer.Code == Answer.Done ? answer : throw new InvalidOperationException(answer.Message);
    }

    /// <summary>Makes the repository known, waits until trunk was read, and trusts its commands.</summary>
    public async Task Know(string repository)
    {
        await Ask(new Request.AddRepository(repository, "main", null));
        var status = await Control.Status(CancellationToken.None);
        while (status.Repositories[0].Head is null)
        {
            await Control.Tasks(new TaskQuery(All: false, 1, status.AsOf, Patience), CancellationToken.None);
            status = await Control.Status(CancellationToken.None);
        }

        if (status.Repositories[0].CommandsHash is { } hash)
        {
            await Ask(new Request.Trust(repository, hash));
        }
    }

    public async Task<TaskId> Add(string repository, bool noGate, params string[] command)
    {
        var brief = new Brief(
            $"Run {command[0]}",
            "",
            "",
            Agent: null,
            Brief.CommandCoder,
            Model: null,
            [.. command],
            Brief.DefaultPriority,
            [],
            [],
            noGate
        );
        return (await Ask(new Request.AddTask(repository, brief))).Task!.Value;
    }

    /// <summary>Waits until the log holds so many events of a kind, and gives all events of that kind.</summary>
    public async Task<IReadOnlyList<EventRow>> Until(string kind, int count, TaskId? task = null)
    {
        var found = new List<EventRow>();
        var began = Stopwatch.GetTimestamp();
        for (var after = 0L; found.Count < count; )
        {
            var query = new EventQuery(after, ControlApi.MostRows, task, TimeSpan.FromSeconds(5));
            var page = await Control.Events(query, CancellationToken.None);
            found.AddRange(page.Rows.Where(row => string.Equals(row.Kind, kind, StringComparison.Ordinal)));
            after = page.AsOf;
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"{found.Count} of {count} {kind}; see {Home.DaemonLog}");
            }
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _ = StopEverything.Now(Home.Root, [Home.Runs, Home.Gates], "bench", "it is over", DateTimeOffset.UtcNow);
        if (KeeperPid is { } keeper)
        {
            Process.GetProcessById(keeper).Kill();
        }
    }

    private async Task UntilServing()
    {
        var began = Stopwatch.GetTimestamp();
        while (!ControlSocket.Answers(ControlSocket.Of(Home)))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
            }

            await Task.Delay(Pause);
        }

        await Control.Status(CancellationToken.None);
    }

    private static string Arguments(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return "";
        }
    }
}
