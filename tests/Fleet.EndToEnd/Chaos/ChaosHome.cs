using System.Globalization;
using Fleet.Daemon;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Tasks;
using Fleet.Rules.Views;

namespace Fleet.EndToEnd.Chaos;

/// <summary>A throw-away home with a person's repository; whatever was started for it ends with the test.</summary>
internal sealed class ChaosHome : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private const string Settings = """
        version: 1
        max_concurrent: 8
        retries: { after_crash: 1, first_wait: 50ms }
        limits: { grace: 300ms }
        """;

    private readonly List<DaemonProcess> started = [];
    private int requests;

    public ChaosHome(string? place = null)
    {
        Root = Directory.CreateTempSubdirectory("fleet-chaos-").FullName;
        Home = new FleetHome(place ?? System.IO.Path.Combine(Root, "home"));
        Records = Directory.CreateDirectory(System.IO.Path.Combine(Root, "records")).FullName;
        Script = RunScript.WriteTo(Root);
        Person = new Person(System.IO.Path.Combine(Root, "shop"));
        if (place is null)
        {
            Directory.CreateDirectory(Home.Root);
            File.WriteAllText(Home.Settings, Settings);
        }
    }

    public string Root { get; }

    public FleetHome Home { get; }

    /// <summary>Where its daemons find programs; the test's own PATH unless a test says otherwise.</summary>
    public string? Path { get; set; }

    /// <summary>What the daemons of a test find in their environment besides.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string Records { get; }

    public string Script { get; }

    public Person Person { get; }

    public Promises Promises { get; } = new();

    public string Hub => Directory.EnumerateDirectories(Home.Hubs, "*.git").Single();

    /// <summary>A daemon that answers.</summary>
    public async Task<DaemonProcess> Up()
    {
        var daemon = DaemonProcess.Start(Home, Path, Variables);
        started.Add(daemon);
        await daemon.Serves();
        return daemon;
    }

    /// <summary>A daemon that may be anywhere on its way to serving.</summary>
    public DaemonProcess Begin()
    {
        var daemon = DaemonProcess.Start(Home);
        started.Add(daemon);
        return daemon;
    }

    public async Task<int> Fleet(params string[] arguments)
    {
        using var command = DaemonProcess.Launch(Home, Person.Path, arguments);
        return await command.Ends();
    }

    public async Task AddRepository()
    {
        await Ask(new Request.AddRepository(Person.Path, "main", null));
        await using var control = new HttpControl(Home, AnswerTime);
        await Soon.Holds(
            async () =>
                (await control.Status(CancellationToken.None)).Repositories.Any(known =>
                    known is { Trusted: true, Gates.Length: 1 }
                ),
            () => "the repository's gate is trusted"
        );
    }

    /// <summary>Asks until some daemon answers: the same request, by its id, however often.</summary>
    public Task<Answer> Ask(Request request) =>
        Ask(string.Create(CultureInfo.InvariantCulture, $"r{Interlocked.Increment(ref requests)}"), request);

    public async Task<Answer> Ask(string id, Request request)
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await using var control = new HttpControl(Home, AnswerTime);
                return await control.Ask(new ControlRequest(id, "human:ada", request), late.Token);
            }
            catch (UserErrorException)
            {
                await Task.Delay(Pause, late.Token);
            }
        }
    }

    /// <summary>Adds a task that runs a shell line, and remembers the promise.</summary>
    public async Task<TaskId> Add(string title, string line, string? id = null, bool gated = false)
    {
        var brief = new Brief(title, "", "", null, Brief.CommandCoder, null, [line], 2, [], [], NoGate: !gated);
        var answer = await Ask(id ?? title, new Request.AddTask(Person.Path, brief));
        Assert.True(answer.Code == Answer.Done, $"add: {answer}");
        var task = Assert.NotNull(answer.Task);
        Promises.Added[task] = title;
        return task;
    }

    /// <summary>Adds a run of the script.</summary>
    public Task<TaskId> AddRun(string token, int steps, string flavour, bool gated = false) =>
        Add(token, $"exec sh '{Script}' '{Records}' {token} {steps} '{flavour}'", gated: gated);

    public async Task Approve(TaskId task)
    {
        if ((await Ask(new Request.Approve(task))).Code == Answer.Done)
        {
            Promises.Approved[task] = true;
        }
    }

    /// <summary>The tasks as the daemon tells them; none while no daemon answers.</summary>
    public async Task<IReadOnlyList<TaskRow>> Tasks()
    {
        try
        {
            await using var control = new HttpControl(Home, AnswerTime);
            return (await control.Tasks(new TaskQuery(All: true, Limit: 10_000), CancellationToken.None)).Rows;
        }
        catch (UserErrorException)
        {
            return [];
        }
    }

    /// <summary>
    /// Plays the person, who approves, until each of these tasks has landed or waits for another decision.
    /// </summary>
    public Task Settle(IReadOnlyCollection<TaskId> tasks, int seconds = 60) => Settle(tasks, _ => true, seconds);

    /// <summary>The same with a person who approves only some.</summary>
    public async Task Settle(IReadOnlyCollection<TaskId> tasks, Func<TaskId, bool> approves, int seconds = 60)
    {
        IReadOnlyList<TaskRow> rows = [];
        await Soon.Holds(
            async () =>
            {
                rows = [.. (await Tasks()).Where(row => tasks.Contains(row.Id))];
                foreach (var row in rows.Where(row => NeedsApproval(row) && approves(row.Id)))
                {
                    await Approve(row.Id);
                }

                return rows.Count == tasks.Count && rows.All(Rests);
            },
            () => $"at rest: {string.Join("; ", rows.Where(row => !Rests(row)))}\n{Notes()}",
            seconds
        );

        bool Rests(TaskRow row) => IsAtRest(row) || (NeedsApproval(row) && !approves(row.Id));
    }

    /// <summary>The end of what the daemons noted down.</summary>
    public string Notes()
    {
        const int lines = 60;
        return File.Exists(Home.DaemonLog) ? string.Join('\n', File.ReadAllLines(Home.DaemonLog).TakeLast(lines)) : "";
    }

    public void Dispose()
    {
        started.ForEach(daemon => daemon.Dispose());
        Bystanders.OfHome(Home).ForEach(process => process.Signal(Signals.Kill));
        if (Bystanders.Keeper(Home) is { } keeper)
        {
            _ = Libc.Kill(keeper, Signals.Kill);
        }

        _ = StopEverything.Now(Home.Root, [Home.Runs, Home.Gates], "test", "the test ends", DateTimeOffset.UnixEpoch);
        Directory.Delete(Root, recursive: true);
    }

    private static bool NeedsApproval(TaskRow row) => row is { State: TaskState.Proven, WaitingFor: WaitingFor.Person };

    private static bool IsAtRest(TaskRow row) =>
        row.State is TaskState.Landed or TaskState.Abandoned
        || row is { State: TaskState.Waiting, WaitingFor: WaitingFor.Person };
}
