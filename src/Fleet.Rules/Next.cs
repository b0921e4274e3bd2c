using System.Collections.Immutable;
using Fleet.Rules.Attention;
using Fleet.Rules.Landing;
using Fleet.Rules.Repositories;
using Fleet.Rules.Runs;
using Fleet.Rules.Scheduling;
using Fleet.Rules.Spending;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Rules;

/// <summary>(state, now) → effects still owed. The same state asks for the same effects, also after a crash.</summary>
public static class Next
{
    public static Owed For(FleetState state, DateTimeOffset now)
    {
        var effects = ImmutableArray.CreateBuilder<Effect>();
        foreach (var (id, landing) in state.Unchecked)
        {
            effects.Add(new Effect.CheckLanding(id, landing.Repository, landing.Change));
        }

        foreach (var task in state.Index.Active.Select(id => state.Tasks[id]))
        {
            OfTask(state, task, effects);
        }

        effects.AddRange(Gates(state));
        foreach (var repository in state.Repositories.Values)
        {
            OfRepository(state, repository, effects);
        }

        foreach (var (run, worktree) in state.Worktrees)
        {
            if (worktree.Saved)
            {
                effects.Add(new Effect.RemoveWorktree(run, worktree.Repository, worktree.Path));
            }
            else if (RunOutcome.IsOver(state, run))
            {
                effects.Add(new Effect.SaveWork(run, worktree.Repository));
            }
        }

        return new Owed(effects.DrainToImmutable(), WakeAt(state, now));
    }

    private static void OfTask(FleetState state, FleetTask task, ImmutableArray<Effect>.Builder effects)
    {
        if (task is { HasOpenRun: true, Run: { } run })
        {
            if (OfRun(state, task, run) is { } effect)
            {
                effects.Add(effect);
            }

            if (run.Hears && task.Unheard is { } told)
            {
                effects.Add(new Effect.TellRun(run.Id, told.Seq, told.Who, told.Words));
            }
        }
        else if (task is { Parked: null, Proposal: { } proposal } && OfProposal(state, task, proposal) is { } effect)
        {
            effects.Add(effect);
        }
    }

    private static Effect? OfRun(FleetState state, FleetTask task, Run run) =>
        run switch
        {
            { Exit: not null } => new Effect.SaveWork(run.Id, task.Repository),
            { Stop: { } stop } => new Effect.StopRun(
                run.Id,
                stop.Reason,
                state.SettingsOf(task.Repository).Limits.Grace
            ),
            { Process: not null, Turn: not null } => new Effect.StopRun(
                run.Id,
                StopReason.TurnEnded,
                state.SettingsOf(task.Repository).Limits.Grace
            ),
            { Process: not null } when state.Paused is PauseKind.Freeze => run.FrozenAt is null
                ? new Effect.FreezeRun(run.Id)
                : null,
            { Process: not null } => run.MayBeFrozen ? new Effect.ThawRun(run.Id) : null,
            _ when state.Paused is PauseKind.Freeze => null,
            { Worktree: null } => new Effect.PrepareWorktree(run.Id, task.Repository, task.Brief.Title, run.From),
            _ => new Effect.StartRun(run.Id, task.Repository, run.Coder),
        };

    private static Effect? OfProposal(FleetState state, FleetTask task, Proposal proposal)
    {
        if (proposal is { IsMoving: true, Candidate: { } candidate })
        {
            return new Effect.MoveTrunk(task.Id, task.Repository, candidate);
        }

        if (
            proposal.Candidate is not null
            || state.Paused is not null
            || state.DrainsNow
            || !state.Repositories.TryGetValue(task.Repository, out var repository)
        )
        {
            return null;
        }

        var gated = !task.Brief.NoGate && !state.SettingsOf(task.Repository).Gates.IsEmpty;
        return repository.IsTrusted && (gated || repository.Landing == task.Id)
            ? new Effect.BuildCandidate(task.Id, task.Repository, proposal, task.Candidates + 1)
            : null;
    }

    /// <summary>
    /// The gates to run now: those of a landing first, then the most urgent; gates have slots of their own.
    /// </summary>
    private static IEnumerable<Effect> Gates(FleetState state)
    {
        if (state.Paused is not null || state.DrainsNow)
        {
            return [];
        }

        var pending = new List<((bool, int, TaskId) Rank, Effect Gate)>();
        foreach (var task in state.Index.Active.Select(id => state.Tasks[id]))
        {
            if (
                task is not { Parked: null, HasOpenRun: false, Proposal: { Candidate: { } candidate } proposal }
                || !state.Repositories.TryGetValue(task.Repository, out var repository)
                || !repository.IsTrusted
                || Proof.Of(task, proposal, state.SettingsOf(task.Repository).Gates) is not Proof.Pending waiting
            )
            {
                continue;
            }

            var rank = (repository.Landing != task.Id, task.Brief.Priority, task.Id);
            pending.AddRange(
                waiting.Gates.Select(gate =>
                    (rank, (Effect)new Effect.RunGate(task.Id, task.Repository, candidate, gate))
                )
            );
        }

        return pending.OrderBy(p => p.Rank).Select(p => p.Gate).Take(state.Home.MaxGates);
    }

    private static void OfRepository(FleetState state, Repository repository, ImmutableArray<Effect>.Builder effects)
    {
        if (repository is { Settings: null, Unreadable: null })
        {
            effects.Add(new Effect.ReadTrunk(repository.Name));
        }

        var alive = state.Index.Live.Any(id => state.Tasks[id].Repository == repository.Name);
        var wanted = alive ? state.SettingsOf(repository.Name).Worktrees.PauseFile : null;
        var present =
            repository.PauseFile ?? (repository.IsPauseFileInDoubt ? repository.Settings?.Worktrees.PauseFile : null);
        if (present is not null && !string.Equals(present, wanted, StringComparison.Ordinal))
        {
            effects.Add(new Effect.SetPauseFile(repository.Name, present, Present: false));
        }
        else if (wanted is not null && (repository.PauseFile is null || repository.IsPauseFileInDoubt))
        {
            effects.Add(new Effect.SetPauseFile(repository.Name, wanted, Present: true));
        }
    }

    private static DateTimeOffset? WakeAt(FleetState state, DateTimeOffset now)
    {
        var wake = Earlier(Scheduler.WakeAt(state, now), MergeQueue.WakeAt(state, now));
        wake = Earlier(wake, Budgets.WakeAt(state, now));
        wake = Earlier(wake, Payment.WakeAt(state, now));
        foreach (var id in state.Index.Live)
        {
            wake = Earlier(wake, RunProgress.Deadline(state, state.Tasks[id]));
            wake = Earlier(wake, Budgets.Deadline(state.Tasks[id]));
            wake = Earlier(wake, Asking.Due(state.Tasks[id]));
        }

        return wake;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) =>
        a is null ? b
        : b is null || a < b ? a
        : b;
}
