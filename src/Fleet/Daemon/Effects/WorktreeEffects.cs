using System.Collections.Immutable;
using Fleet.Daemon.Conversations;
using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;

namespace Fleet.Daemon.Effects;

/// <summary>Makes the checkouts that runs work in, saves what is in them, and removes them once that is safe.</summary>
internal sealed class WorktreeEffects(
    FleetHome home,
    Func<FleetState> state,
    HubAccess hubs,
    CheckoutWatch checkouts,
    TrunkLimits limits,
    TimeProvider clock
)
{
    private const int MaxPathsRecorded = 100;
    private const int MostAttempts = 5;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    /// <summary>The task's gate is about to start: deleting files would hold up the disk that it waits for.</summary>
    private static readonly TimeSpan GivesWay = TimeSpan.FromMilliseconds(100);

    public async Task<EffectOutcome> Prepare(Effect.PrepareWorktree effect)
    {
        switch (await hubs.Of(effect.Repository))
        {
            case HubAnswer.Open open:
                return await Prepare(effect, open.Hub);
            case HubAnswer.Refused refused:
                return new EffectOutcome.Saw(new Observation.RunNotStarted(effect.Run, refused.Why));
            case HubAnswer.NotNow notNow:
                return new EffectOutcome.Transient(notNow.Why);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public async Task<EffectOutcome> Save(Effect.SaveWork effect, CancellationToken stop)
    {
        if (await hubs.Of(effect.Repository) is not HubAnswer.Open { Hub: var open })
        {
            return new EffectOutcome.Transient($"the hub of {effect.Repository} cannot be opened");
        }

        var trespass = checkouts.ChangesDuring(effect.Run, open.Person);
        var ended = state().Tasks.GetValueOrDefault(effect.Run.Task)?.Run?.ExitedAt ?? clock.GetUtcNow();
        var title = state().Tasks.GetValueOrDefault(effect.Run.Task)?.Brief.Title ?? "";
        var worktree = state().Worktrees.GetValueOrDefault(effect.Run)?.Path;
        var request = new HarvestRequest(effect.Run, worktree, Subject(title), open.Person.Author, ended);
        var mirror = new KeptMirror(open.Hub, open.Person, effect.Run);
        switch (await Harvest.Save(open.Hub, open.Claim, request, mirror))
        {
            case HarvestOutcome.Saved saved:
                return await Harvested(effect.Run, mirror, saved.Work, await trespass);
            case HarvestOutcome.Unknown:
                return new EffectOutcome.Saw(Nothing(effect.Run));
            case HarvestOutcome.StaleEpoch:
                return new EffectOutcome.Transient("another daemon is in charge");
            case HarvestOutcome.Failed failed:
                return new EffectOutcome.Transient(failed.Why);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public async Task<EffectOutcome> Remove(Effect.RemoveWorktree effect, CancellationToken stop)
    {
        await Task.Delay(GivesWay, clock, stop);
        if (await hubs.Of(effect.Repository) is not HubAnswer.Open { Hub: var open })
        {
            return new EffectOutcome.Transient($"the hub of {effect.Repository} cannot be opened");
        }

        // The ref itself says what is pinned: what is not there is not removed.
        var kept = await open.Hub.Read(FleetRefs.Kept(effect.Run));
        ImmutableArray<Commit> pins = kept is null ? [] : [new Commit(kept)];
        return await new Worktrees(open.Hub, open.Claim).Remove(effect.Path, pins) switch
        {
            RemovalOutcome.Gone => new EffectOutcome.Saw(new Observation.WorktreeGone(effect.Run)),
            RemovalOutcome.NotPinned missing => new EffectOutcome.Transient($"{missing.Missing} is not pinned"),
            RemovalOutcome.NotOurs other => new EffectOutcome.Transient($"{other.Path} is not this run's worktree"),
            RemovalOutcome.StaleEpoch => new EffectOutcome.Transient("another daemon is in charge"),
            RemovalOutcome.Failed failed => new EffectOutcome.Transient(failed.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>
    /// Removes what earlier daemons made for runs and did not live to tell of. What resists is left to <c>fleet gc</c>.
    /// </summary>
    public async Task RemoveUntold(CancellationToken stop)
    {
        foreach (var repository in state().Repositories.Keys)
        {
            for (var attempt = 1; attempt <= MostAttempts && !await RemoveUntold(repository); attempt++)
            {
                await Task.Delay(BetweenAttempts, clock, stop);
            }
        }
    }

    private async Task<bool> RemoveUntold(RepositoryName repository)
    {
        if (await hubs.Of(repository) is not HubAnswer.Open { Hub: var open })
        {
            return true;
        }

        var named = state().Worktrees.Values.Select(worktree => worktree.Path).ToHashSet(StringComparer.Ordinal);
        return await new Worktrees(open.Hub, open.Claim).RemoveUntold(Folder(repository), named);
    }

    private async Task<EffectOutcome> Prepare(Effect.PrepareWorktree effect, OpenHub open)
    {
        var watching = checkouts.Begin(effect.Run, open.Person);
        var (trunk, problem) = effect.From is { } from ? (from, null) : await Newest(open);
        if (problem is not null)
        {
            return new EffectOutcome.Transient(problem);
        }

        if (await limits.Complaint(open.Hub, trunk) is { } unsupported)
        {
            return new EffectOutcome.Saw(new Observation.RunNotStarted(effect.Run, unsupported));
        }

        var settings = state().SettingsOf(effect.Repository);
        var request = Request(effect, open, trunk, settings.Worktrees);
        var outcome = await new Worktrees(open.Hub, open.Claim).Prepare(request);
        await watching;
        switch (outcome)
        {
            case WorktreeOutcome.Ready ready:
                var made = ready.Worktree;
                return new EffectOutcome.Saw(
                    new Observation.WorktreeReady(effect.Run, made.Path, made.Base, made.Branch)
                );
            case WorktreeOutcome.Occupied occupied:
                var why = $"{occupied.Path} is taken by something that Fleet did not make";
                return new EffectOutcome.Saw(new Observation.RunNotStarted(effect.Run, why));
            case WorktreeOutcome.StaleEpoch:
                return new EffectOutcome.Transient("another daemon is in charge");
            case WorktreeOutcome.Failed failed:
                return new EffectOutcome.Transient(failed.Why);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task<(Commit Trunk, string? Problem)> Newest(OpenHub open) =>
        await TrunkSync.Run(open.Hub, open.Claim, open.Person) switch
        {
            SyncOutcome.At at => (at.Trunk, null),
            SyncOutcome.Unreachable { LastKnown: { } last } => (last, null),
            SyncOutcome.Unreachable unreachable => (default, unreachable.Why),
            SyncOutcome.StaleEpoch => (default, "another daemon is in charge"),
            SyncOutcome.Failed failed => (default, failed.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private string Folder(RepositoryName repository) =>
        Path.Combine(state().SettingsOf(repository).Worktrees.Root ?? home.Worktrees, repository.Value);

    private WorktreeRequest Request(
        Effect.PrepareWorktree effect,
        OpenHub open,
        Commit trunk,
        WorktreeSettings settings
    ) =>
        new(
            effect.Run,
            trunk,
            BranchName.Of(effect.Run.Task, effect.Title),
            Path.Combine(Folder(effect.Repository), $"{new WorktreePlace(effect.Run, open.Claim.Epoch)}"),
            open.Person.Trunk,
            open.Person.Author,
            settings.Kind,
            open.Person.Root,
            settings.Carry
        );

    private async Task<EffectOutcome> Harvested(
        RunId run,
        KeptMirror mirror,
        HarvestedWork work,
        ImmutableArray<string> trespass
    )
    {
        // Part of being saved: the work is in the person's repository even if Fleet and its home are gone.
        var mirrored = await mirror.Copy();
        return mirrored.Succeeded
            ? new EffectOutcome.Saw(
                new Observation.WorkHarvested(
                    run,
                    new SavedWork(
                        work.Proposal,
                        work.Kept,
                        work.Dirty,
                        work.TouchesFleetFolder,
                        [.. work.ChangedPaths.Take(MaxPathsRecorded)],
                        trespass,
                        LastWords.Of(RunFiles.Transcript(home.Run(run)))
                    ),
                    TaskNotes.PlanHash(home, run.Task)
                )
            )
            : new EffectOutcome.Transient($"its work cannot be copied into your repository: {mirrored.Why}");
    }

    private static Observation.WorkHarvested Nothing(RunId run) =>
        new(run, new SavedWork(null, null, Dirty: false, TouchesPolicy: false, [], []));

    private static string Subject(string title)
    {
        const int longest = 200;
        var line = title.ReplaceLineEndings(" ").Trim();
        return line.Length > longest ? line[..longest] : line;
    }
}
