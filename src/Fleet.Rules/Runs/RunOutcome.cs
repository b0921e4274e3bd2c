using Fleet.Rules.Attention;
using Fleet.Rules.Scheduling;
using Fleet.Rules.Tasks;

namespace Fleet.Rules.Runs;

/// <summary>What an ended run amounts to: a proposal, another attempt, or a question for a person.</summary>
public static class RunOutcome
{
    /// <summary>A task whose runs crash this often in a row is set aside, whatever the retry setting says.</summary>
    public const int PoisonAfterCrashes = 3;
    private const int MaxPathsNamed = 5;

    /// <summary>Its task has nothing to expect of it any more; a worktree may be left over.</summary>
    public static bool IsOver(FleetState state, RunId run) =>
        !state.Tasks.TryGetValue(run.Task, out var task)
        || task.Run is not { IsSaved: false } newest
        || newest.Id != run;

    public static Decision WorkSaved(FleetState state, Observation.WorkHarvested seen, DateTimeOffset now)
    {
        if (state.Worktrees.TryGetValue(seen.Run, out var left) && !left.Saved && IsOver(state, seen.Run))
        {
            return Decision.Of(new Event.WorkSaved(seen.Run, seen.Work));
        }

        if (
            !state.Tasks.TryGetValue(seen.Run.Task, out var task)
            || task.Run is not { IsSaved: false, Exit: { } exit } run
            || run.Id != seen.Run
        )
        {
            return Decision.Nothing;
        }

        var saved = new Event.WorkSaved(run.Id, seen.Work);
        if (run.Stop is { } stop && !WasDone(run, stop))
        {
            return Decision.Of([saved, .. Stopped(state, task, run, stop, now)]);
        }

        var failure = run.HasTurns
            ? OfTurn(state, task, run, exit, now)
            : OfExit(state, task, run, exit, seen.Work, now);
        if (failure is not null)
        {
            return Decision.Of([saved, .. failure]);
        }

        if (run.HasTurns && task.Unheard is not null)
        {
            const string more = "someone had said more to it than it had heard";
            return Decision.Of(saved, new Event.RunFailed(run.Id, FailureKind.Told, more, RetryAt: now));
        }

        return Planning.IsOnlyPlanned(state, task, run)
            ? Decision.Of([saved, .. Planning.Ended(task, run, seen.Plan)])
            : Proposed(task, run, saved);
    }

    private static Decision Proposed(FleetTask task, Run run, Event.WorkSaved saved)
    {
        // A run that went on with a session and had nothing to add proposes what that session had made.
        var goesOn = task.GoesOnFromUnproposed;
        var work = saved.Work;
        if ((work.Proposal ?? (goesOn ? task.Unproposed : null)) is not { } commit || run.Worktree is not { } worktree)
        {
            const string why = "ended without changing anything";
            return Decision.Of(
                saved,
                new Event.RunFailed(run.Id, FailureKind.Empty, why, RetryAt: null),
                new Event.TaskParked(task.Id, WaitingFor.Person, why)
            );
        }

        var made = new Event.ProposalMade(
            run.Id,
            commit,
            (goesOn ? task.UnproposedBase : null) ?? worktree.Base,
            work.TouchesPolicy || (goesOn && task.TouchedPolicy),
            work.CheckoutChanges
        );
        return work.CheckoutChanges.IsEmpty
            ? Decision.Of(saved, made)
            : Decision.Of(saved, made, new Event.TaskParked(task.Id, WaitingFor.Person, Trespassed(work)));
    }

    public static Decision NotStarted(FleetState state, Observation.RunNotStarted seen, DateTimeOffset now) =>
        state.Tasks.TryGetValue(seen.Run.Task, out var task)
        && task.Run is { IsLive: true, Process: null } run
        && run.Id == seen.Run
            ? Decision.Of(Failed(state, task, run.Id, FailureKind.CouldNotStart, seen.Why, now))
            : Decision.Nothing;

    /// <summary>Its account cannot be used: no process of it exists.</summary>
    public static Decision NoAccount(FleetState state, Observation.AccountNotUsable seen) =>
        state.Tasks.TryGetValue(seen.Run.Task, out var task)
        && task.Run is { IsLive: true, Process: null } run
        && run.Id == seen.Run
            ? Decision.Of(new Event.RunFailed(run.Id, FailureKind.Account, seen.Why, RetryAt: null))
            : Decision.Nothing;

    /// <summary>A command's exit decides; none when it succeeded.</summary>
    private static IEnumerable<Event>? OfExit(
        FleetState state,
        FleetTask task,
        Run run,
        RunExit exit,
        SavedWork work,
        DateTimeOffset now
    ) =>
        exit.Succeeded
            ? null
            : Failed(state, task, run.Id, exit.Lost ? FailureKind.Lost : FailureKind.Crashed, Told(exit, work), now);

    /// <summary>
    /// A coder's terminal event decides, never its exit: several exit with 0 after an interrupt. None when it is done.
    /// </summary>
    private static IEnumerable<Event>? OfTurn(
        FleetState state,
        FleetTask task,
        Run run,
        RunExit exit,
        DateTimeOffset now
    ) =>
        run.Turn switch
        {
            { Result: TurnResult.Done } => null,
            // Of both the account says when it goes on, or on which account.
            { Error: ErrorClass.UsageLimit } turn =>
            [
                new Event.RunFailed(run.Id, FailureKind.Limit, turn.Words, RetryAt: null),
            ],
            { Error: ErrorClass.Authentication or ErrorClass.Billing } turn =>
            [
                new Event.RunFailed(run.Id, FailureKind.Account, turn.Words, RetryAt: null),
            ],
            { Error: ErrorClass.Budget or ErrorClass.Turns } turn => OwnLimit(task, run, turn),
            { } turn => Failed(state, task, run.Id, FailureKind.Crashed, Told(turn), now),
            null => Failed(
                state,
                task,
                run.Id,
                exit.Lost ? FailureKind.Lost : FailureKind.Crashed,
                $"{run.Coder} ended without saying that it was done ({exit})",
                now
            ),
        };

    /// <summary>It said that it is done before the stop for its budget reached it.</summary>
    private static bool WasDone(Run run, StopAsked stop) =>
        stop.Reason is StopReason.Budget && run.Turn is { Result: TurnResult.Done };

    /// <summary>A limit that Fleet gave it holds the task as its budget does; one of its own asks a person.</summary>
    private static IEnumerable<Event> OwnLimit(FleetTask task, Run run, EndedTurn turn)
    {
        yield return new Event.RunFailed(run.Id, FailureKind.Budget, Told(turn), RetryAt: null);
        if (run.StoppedAt is null)
        {
            yield return new Event.TaskParked(task.Id, WaitingFor.Budget, $"{run.Coder}'s own limit: {Told(turn)}");
        }
    }

    private static string Told(EndedTurn turn) =>
        turn.Result is TurnResult.Interrupted ? "it was interrupted"
        : turn.Words.Length > 0 ? turn.Words
        : $"{turn.Error}";

    private static IEnumerable<Event> Stopped(
        FleetState state,
        FleetTask task,
        Run run,
        StopAsked stop,
        DateTimeOffset now
    ) =>
        stop.Reason switch
        {
            StopReason.Overtime => Failed(state, task, run.Id, FailureKind.TimedOut, stop.Why, now),
            StopReason.NoProgress => Failed(state, task, run.Id, FailureKind.NoProgress, stop.Why, now),
            StopReason.Looping => Looped(task, run.Id, stop.Why, now),
            StopReason.TooMuchOutput => Failed(state, task, run.Id, FailureKind.TooMuchOutput, stop.Why, now),
            StopReason.Budget => [new Event.RunFailed(run.Id, FailureKind.Budget, stop.Why, RetryAt: null)],
            _ => [new Event.RunFailed(run.Id, FailureKind.Stopped, stop.Why, RetryAt: null)],
        };

    private static IEnumerable<Event> Failed(
        FleetState state,
        FleetTask task,
        RunId run,
        FailureKind kind,
        string why,
        DateTimeOffset now
    )
    {
        var crashes = task.CrashesInARow + 1;
        var retries = state.Home.Retries;
        if (crashes < PoisonAfterCrashes && crashes <= retries.AfterCrash)
        {
            var wait = new Backoff(retries.Backoff).After(crashes, run);
            yield return new Event.RunFailed(run, kind, why, now + wait);
            yield break;
        }

        yield return new Event.RunFailed(run, kind, why, RetryAt: null);
        if (task.Parked is null)
        {
            yield return new Event.TaskParked(task.Id, WaitingFor.Person, SetAside(crashes, why));
        }
    }

    /// <summary>It goes on once, told that it got nowhere; then a person looks.</summary>
    private static IEnumerable<Event> Looped(FleetTask task, RunId run, string why, DateTimeOffset now)
    {
        if (task.Loops == 0)
        {
            var told = $"{why}. Do not repeat it: find out why, or try something else";
            yield return new Event.RunFailed(run, FailureKind.Looping, told, now);
            yield break;
        }

        yield return new Event.RunFailed(run, FailureKind.Looping, why, RetryAt: null);
        if (task.Parked is null)
        {
            yield return new Event.TaskParked(task.Id, WaitingFor.Person, $"set aside: {why}, and again once told");
        }
    }

    /// <summary>Fleet cannot tell who wrote there, so a person must: doubt means no.</summary>
    private static string Trespassed(SavedWork work) =>
        "refused: your own checkout changed while it ran: "
        + string.Join(", ", work.CheckoutChanges.Take(MaxPathsNamed));

    private static string Told(RunExit exit, SavedWork work) =>
        work.LastWords.Length == 0 ? $"{exit}" : $"{exit}: {work.LastWords}";

    private static string SetAside(int crashes, string why) =>
        crashes >= PoisonAfterCrashes ? $"set aside: {crashes} crashes in a row, the last one: {why}"
        : crashes > 1 ? $"failed {crashes} times, the last time: {why}"
        : $"failed: {why}";
}
