using Fleet.Log;
using Fleet.Log.Sqlite;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Daemon;

/// <summary>What doors may ask where no daemon runs: requests are only recorded, the rest waits for one.</summary>
/// <remarks>Reading takes no lock, so that it also works beside a daemon that hangs.</remarks>
internal sealed class LocalControl(FleetHome home, TimeProvider clock, TimeSpan? patience = null) : IControl
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan WriterPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);
    private static readonly Dictionary<RunId, LiveRun> NothingLive = [];

    /// <summary>Starting runs and the like is for whoever performs them: here only what was asked is decided.</summary>
    private static readonly RuleSet OnlyAsked = RuleSet.Production with
    {
        Decide = (state, input, now) => input is Input.Tick ? Decision.Nothing : Rules.Decide.For(state, input, now),
    };

    private IEventLog? log;
    private FleetState state = FleetState.Empty;

    public bool DaemonRuns => false;

    public async Task<Answer> Ask(ControlRequest request, CancellationToken stop)
    {
        var writer = await TakeLock(stop);
        if (writer is null)
        {
            await using var daemon = new HttpControl(home);
            return await daemon.Ask(request, stop);
        }

        using (writer)
        {
            return Step(request);
        }
    }

    private Answer Step(ControlRequest request)
    {
        try
        {
            var loop = Opening.ToWrite(Open(), OnlyAsked);
            var input = new Input.Asked(request.RequestId, Actor.Parse(request.Who), request.Request);
            return loop.Step([input], clock.GetUtcNow()) switch
            {
                StepOutcome.Applied applied => applied.Answers[0] ?? new Answer(Answer.Done, ""),
                StepOutcome.SteppedDown => new Answer(
                    Answer.Failed,
                    "another process wrote at the same time",
                    "try again"
                ),
                StepOutcome.Refused refused => new Answer(Answer.Failed, refused.Why, refused.Hint),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (LogException failed)
        {
            throw new UserErrorException(Told(failed.Failure));
        }
    }

    public Task<TaskList> Tasks(TaskQuery query, CancellationToken stop) => Api().Tasks(query, stop);

    public Task<TaskStory?> Story(TaskId id, CancellationToken stop) => Api().Story(id, stop);

    public Task<EventPage> Events(EventQuery query, CancellationToken stop) => Api().Events(query, stop);

    public Task<FleetStatus> Status(CancellationToken stop) => Api().Status(stop);

    public ValueTask DisposeAsync()
    {
        log?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Null when a daemon came up meanwhile and takes requests itself.</summary>
    private async Task<WriterLock?> TakeLock(CancellationToken stop)
    {
        var deadline = clock.GetUtcNow() + (patience ?? WriterPatience);
        try
        {
            Directory.CreateDirectory(home.Root, OwnerOnly);
            while (clock.GetUtcNow() < deadline)
            {
                if (await WriterLock.Take(home, Glance, clock, stop) is { } taken)
                {
                    return taken;
                }

                if (ControlSocket.Answers(ControlSocket.Of(home)))
                {
                    return null;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                new UserError(
                    Answer.Failed,
                    "the home of this fleet cannot be written",
                    home.Root,
                    error.Message,
                    "fleet doctor"
                )
            );
        }

        throw new UserErrorException(
            new UserError(
                Answer.Failed,
                "another process is writing to this fleet",
                home.WriterLock,
                WriterLock.Holder(home) is > 0 and var pid
                    ? $"process {pid} holds the lock and does not answer"
                    : "an unknown process holds the lock and does not answer",
                "fleet doctor"
            )
        );
    }

    private ControlApi Api()
    {
        Refresh();
        return new ControlApi(() => state, Ask, log ?? new MemoryLog(), () => NothingLive, ChangedAfter, clock, null);
    }

    private Task<Answer> Ask(Input input, CancellationToken stop) =>
        throw new System.Diagnostics.UnreachableException("requests go through the writer lock");

    private void Refresh()
    {
        if (log is null && !File.Exists(home.Database))
        {
            return;
        }

        try
        {
            var open = Open();
            state =
                state.Seq == 0
                    ? Opening.Fold(open, OnlyAsked).State
                    : Envelope.Fold(state, open.Read(state.Seq), OnlyAsked);
        }
        catch (LogException failed)
        {
            throw new UserErrorException(Told(failed.Failure));
        }
    }

    /// <summary>Another process may append: without its signals the log is looked at now and then.</summary>
    private async Task ChangedAfter(long seq, TimeSpan longest, CancellationToken stop)
    {
        var deadline = clock.GetUtcNow() + longest;
        while (state.Seq <= seq && clock.GetUtcNow() < deadline)
        {
            await Task.Delay(Glance, clock, stop);
            Refresh();
        }
    }

    private IEventLog Open() =>
        log ??= SqliteLog.Open(home.Database) switch
        {
            LogOpening.Opened opened => opened.Log,
            LogOpening.Refused refused => throw new UserErrorException(Told(refused.Failure)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static UserError Told(LogFailure failure) =>
        new(Answer.Failed, failure.What, failure.Place, failure.Why, failure.Next);
}
