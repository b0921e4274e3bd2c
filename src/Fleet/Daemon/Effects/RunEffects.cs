using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Fleet.Coders;
using Fleet.Coders.Command;
using Fleet.Daemon.Conversations;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Runs;
using Fleet.Rules.Tasks;

namespace Fleet.Daemon.Effects;

/// <summary>Starts, stops, freezes and thaws the processes of runs, and tells how they end.</summary>
internal sealed class RunEffects(
    FleetHome home,
    Func<FleetState> state,
    Pieces pieces,
    CoderRuns coders,
    RunBriefs briefs,
    Func<Observation, CancellationToken, Task> report,
    Action<string> note,
    CancellationToken daemonStops
)
{
    private readonly RunPorts ports = new(home, state);
    private readonly ConcurrentDictionary<RunId, TaskCompletionSource<StopStep?>> stops = new();

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static string Key(RunId run) => $"run {run}";

    public async Task<EffectOutcome> Start(Effect.StartRun effect, CancellationToken stop)
    {
        if (state().Tasks.GetValueOrDefault(effect.Run.Task) is not { Run: { Worktree: { } worktree } run } task)
        {
            return new EffectOutcome.Saw();
        }

        if (run.HasTurns && coders.Trouble(run) is { } trouble)
        {
            return new EffectOutcome.Saw(new Observation.AccountNotUsable(run.Id, trouble));
        }

        if (await SetUp(task, run.Id, worktree, stop) is { } notReady)
        {
            return notReady;
        }

        if (await briefs.Write(task, run, worktree) is { } unfit)
        {
            return new EffectOutcome.Saw(new Observation.RunNotStarted(run.Id, unfit));
        }

        if (Spec(task, run, worktree) is not { } spec)
        {
            var why = $"nobody knows a coder {run.Coder}: fleet coders";
            return new EffectOutcome.Saw(new Observation.RunNotStarted(run.Id, why));
        }

        var answer = await pieces.Spawn(spec, stop);
        switch (answer)
        {
            case SpawnAnswer.Started started:
                return Spawned(run.Id, started.Record);
            case SpawnAnswer.Already already:
                return Spawned(run.Id, already.Record);
            case SpawnAnswer.Refused when Halted() is { } halted:
                return new EffectOutcome.Saw(halted);
            case SpawnAnswer.Refused refused:
                return new EffectOutcome.Transient(refused.Why);
            case SpawnAnswer.Failed failed:
                return new EffectOutcome.Saw(new Observation.RunNotStarted(run.Id, failed.Why));
            case SpawnAnswer.Unknown unknown:
                return new EffectOutcome.Transient(unknown.Why);
            default:
                throw new UnreachableException();
        }
    }

    public async Task<EffectOutcome> Tell(Effect.TellRun effect, CancellationToken stop) =>
        await coders.Tell(effect.Run, new Told(effect.Told, effect.Who, effect.Words), stop)
            ? new EffectOutcome.Saw()
            : new EffectOutcome.Transient("no conversation with it goes on");

    /// <summary>Ends the run's whole tree; one that never had a process has ended already.</summary>
    public async Task<EffectOutcome> Stop(Effect.StopRun effect, CancellationToken stop)
    {
        var setup = SetupOf(effect.Run, "");
        if (PieceFiles.IsPiece(setup.Directory))
        {
            _ = await pieces.End(setup.Key, KillPlan.Now, stop);
        }

        if (!PieceFiles.IsPiece(home.Run(effect.Run)))
        {
            return new EffectOutcome.Saw(new Observation.TreeEnded(effect.Run, new RunExit(null, null, Lost: true)));
        }

        // Whoever follows the run to its end tells as well what ended it.
        var ending = new TaskCompletionSource<StopStep?>(TaskCreationOptions.RunContinuationsAsynchronously);
        stops[effect.Run] = ending;
        try
        {
            return await EndTree(effect, ending, stop);
        }
        finally
        {
            ending.TrySetResult(null);
        }
    }

    private async Task<EffectOutcome> EndTree(
        Effect.StopRun effect,
        TaskCompletionSource<StopStep?> ending,
        CancellationToken stop
    )
    {
        var directory = home.Run(effect.Run);
        var watch = Stopwatch.StartNew();
        var ended = await EndTurn(effect, stop);
        var left = effect.Grace - watch.Elapsed;
        var rest = left > effect.Grace / 2 ? left : effect.Grace / 2;
        var plan = effect.Reason
            is StopReason.Down
                or StopReason.Person
                or StopReason.Abandoned
                or StopReason.Budget
                or StopReason.Looping
            ? KillPlan.Asking(Signals.Interrupt, rest / 2)
            : KillPlan.Patient(rest);
        if (effect.Reason is StopReason.TurnEnded && !File.Exists(new PieceFiles(directory).InputPath))
        {
            // Nobody speaks to it, so it ends by itself once it has put its session away.
            await Task.WhenAny(pieces.Ended(Key(effect.Run), directory), Task.Delay(effect.Grace, stop));
        }

        var killed = await pieces.End(Key(effect.Run), plan, stop);
        if (killed is { Left.Count: > 0 } some)
        {
            return new EffectOutcome.Transient($"processes {string.Join(", ", some.Left)} cannot be ended");
        }

        var by =
            effect.Reason is StopReason.TurnEnded ? null
            : ended ? StopStep.Interrupted
            : StepOf(killed?.Step);
        ending.TrySetResult(by);
        var exit = await pieces.Ended(Key(effect.Run), directory).WaitAsync(stop);
        await coders.Finish(effect.Run, exit);
        return new EffectOutcome.Saw(Ended(effect.Run, exit, by));
    }

    /// <summary>
    /// Whether its coder ended its turn when its own protocol told it to. One that floods or stands still is not asked.
    /// </summary>
    private async Task<bool> EndTurn(Effect.StopRun effect, CancellationToken stop) =>
        effect.Reason is not (StopReason.TurnEnded or StopReason.TooMuchOutput)
        && state().Tasks.GetValueOrDefault(effect.Run.Task) is { Run: { Turn: null, FrozenAt: null } run }
        && run.Id == effect.Run
        && await coders.Interrupt(effect.Run, effect.Grace / 2, stop);

    private static StopStep? StepOf(KillStep? step) =>
        step switch
        {
            KillStep.Asked => StopStep.Asked,
            KillStep.Terminated => StopStep.Terminated,
            KillStep.Killed => StopStep.Killed,
            _ => null,
        };

    public async Task<EffectOutcome> Freeze(RunId run, CancellationToken stop) =>
        await pieces.Freeze(Key(run), stop)
            ? new EffectOutcome.Saw(new Observation.TreeFrozen(run))
            : new EffectOutcome.Transient("its tree does not stand still");

    public async Task<EffectOutcome> Thaw(RunId run, CancellationToken stop) =>
        await pieces.Thaw(Key(run), stop)
            ? new EffectOutcome.Saw(new Observation.TreeThawed(run))
            : new EffectOutcome.Transient("its tree does not go on");

    /// <summary>Tells of the run's end whenever it comes; asked once for each run that lives.</summary>
    public void Follow(RunId run)
    {
        if (state().Tasks.GetValueOrDefault(run.Task) is { Run: { HasTurns: true } live } task && live.Id == run)
        {
            coders.Begin(task, live);
        }

        _ = FollowToEnd(run);
    }

    private async Task FollowToEnd(RunId run)
    {
        try
        {
            var exit = await pieces.Ended(Key(run), home.Run(run)).WaitAsync(daemonStops);
            if (Halted() is { } halted)
            {
                // A person ended it past a daemon that did not listen: that is no crash, to be tried again.
                await report(halted, daemonStops);
            }

            var by = stops.TryGetValue(run, out var ending) ? await ending.Task.WaitAsync(daemonStops) : null;
            await coders.Finish(run, exit);
            await report(Ended(run, exit, by), daemonStops);
            stops.TryRemove(run, out _);
            coders.Forget(run);
            pieces.Forget(Key(run));
        }
        catch (OperationCanceledException)
        {
            // The daemon ends; the next one adopts the run.
        }
        catch (Exception error)
        {
            note($"following run {run}: {error}");
        }
    }

    private Observation.HaltSeen? Halted() =>
        Halt.Read(home.Root) is { } halt ? new Observation.HaltSeen($"stopped by {halt.Who}: {halt.Why}") : null;

    private EffectOutcome.Saw Spawned(RunId run, PieceRecord record)
    {
        Follow(run);
        return new EffectOutcome.Saw(
            new Observation.ProcessSpawned(
                run,
                new Rules.Runs.ProcessIdentity(record.Pid, record.StartTicks),
                briefs.Of(run)
            )
        );
    }

    private static Observation.TreeEnded Ended(RunId run, PieceExit exit, StopStep? by) =>
        new(run, new RunExit(exit.Code, exit.Signal, exit.Code is null && exit.Signal is null), by);

    /// <summary>
    /// Runs the repository's set-up commands in the new worktree, before the coder sees it. None when it is ready.
    /// </summary>
    private async Task<EffectOutcome?> SetUp(
        FleetTask task,
        RunId run,
        PreparedWorktree worktree,
        CancellationToken stop
    )
    {
        var settings = state().SettingsOf(task.Repository);
        ImmutableArray<string> commands = [.. settings.Setup, .. settings.Worktrees.Setup];
        if (commands.IsEmpty)
        {
            return null;
        }

        var step = SetupOf(run, worktree.Path);
        switch (await step.Run(pieces, ShellStep.Script(commands), settings.Home.GateTimeout, stop))
        {
            case ShellStepEnd.Exited { Code: 0 }:
                return null;
            case ShellStepEnd.Refused refused:
                return new EffectOutcome.Transient(refused.Why);
            case ShellStepEnd.NoAnswer none:
                step.ForgetAnswer();
                return new EffectOutcome.Transient($"its worktree's setup: {none.Why}");
            case var end:
                var why = $"its worktree's setup failed: {step.Told(end)}";
                return new EffectOutcome.Saw(new Observation.RunNotStarted(run, why));
        }
    }

    private ShellStep SetupOf(RunId run, string worktree) =>
        new($"setup {run}", Path.Combine(home.Run(run), "setup"), worktree);

    /// <summary>None when nobody knows the run's coder.</summary>
    private SpawnSpec? Spec(FleetTask task, Run run, PreparedWorktree worktree)
    {
        var directory = home.Run(run.Id);
        var scratch = RunFiles.Scratch(directory);
        Directory.CreateDirectory(scratch);
        var start = Path.Combine(worktree.Path, task.Brief.Directory);
        var where = Directory.Exists(start) ? start : worktree.Path;
        var environment = RunEnvironment.For(
            run.Id,
            home.Root,
            worktree.Path,
            scratch,
            home.Task(task.Id),
            ports.Of(run.Id)
        );
        return run.HasTurns
            ? OfCoder(
                task,
                run,
                worktree,
                new SpawnSpec(
                    Key(run.Id),
                    directory,
                    [],
                    where,
                    environment,
                    PieceInput.None,
                    RunFiles.TranscriptName,
                    ErrorsFile: RunFiles.ErrorsName
                )
            )
            : new SpawnSpec(
                Key(run.Id),
                directory,
                CommandLaunch.Arguments(task.Brief),
                where,
                environment,
                PieceInput.None,
                RunFiles.TranscriptName,
                ErrorsFile: null
            );
    }

    private SpawnSpec? OfCoder(FleetTask task, Run run, PreparedWorktree worktree, SpawnSpec bare)
    {
        var account = coders.AccountOf(run);
        Directory.CreateDirectory(account.Directory, OwnerOnly);
        if (coders.Launch(task, run, worktree) is not { } launch)
        {
            return null;
        }

        foreach (var (path, text) in launch.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text, new UTF8Encoding(false));
        }

        return bare with
        {
            Command = launch.Command,
            Environment = RunEnvironment.Paid(bare.Environment, launch.Environment, account.Variables),
            Input = launch.Input,
            InputFile = launch.InputFile,
        };
    }
}
