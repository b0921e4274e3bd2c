using Fleet.Git;
using Fleet.Git.Landing;
using Fleet.Rules;
using Fleet.Rules.Tasks;
using Fleet.Rules.Verification;

namespace Fleet.Daemon.Effects;

/// <summary>Reads trunk, builds candidates, moves trunk and looks at every landing again.</summary>
internal sealed class LandingEffects(
    Func<FleetState> state,
    HubAccess hubs,
    CheckoutWatch checkouts,
    TrunkLimits limits,
    Epoch epoch,
    string homeId
)
{
    private readonly TrunkReading reading = new(limits);

    public async Task<EffectOutcome> ReadTrunk(Effect.ReadTrunk effect) =>
        await hubs.Of(effect.Repository) switch
        {
            HubAnswer.Open open => await ReadTrunk(open.Hub, effect.Repository),
            HubAnswer.Refused refused => new EffectOutcome.Saw(
                new Observation.RepositoryNotRead(effect.Repository, refused.Why)
            ),
            HubAnswer.NotNow notNow => new EffectOutcome.Transient(notNow.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>
    /// Trunk and its settings are read first, so that the gates that follow are those of the candidate's trunk.
    /// </summary>
    public async Task<EffectOutcome> BuildCandidate(Effect.BuildCandidate effect)
    {
        if (await hubs.Of(effect.Repository) is not HubAnswer.Open { Hub: var open })
        {
            return new EffectOutcome.Transient($"the hub of {effect.Repository} cannot be opened");
        }

        if (state().Tasks.GetValueOrDefault(effect.Id) is not { } task)
        {
            return new EffectOutcome.Saw();
        }

        switch (await reading.Read(open, effect.Repository))
        {
            case TrunkAnswer.NotNow notNow:
                return new EffectOutcome.Transient(notNow.Why);
            case TrunkAnswer.Wrong wrong:
                return new EffectOutcome.Saw(
                    new Observation.EffectRefused(effect.Id, $"trunk cannot be built on: {wrong.Why}")
                );
            case TrunkAnswer.Seen seen when await LandedBefore(open.Hub, effect.Proposal, seen.What.Head) is { } number:
                return new EffectOutcome.Saw(new Observation.TrunkMoved(effect.Id, number), seen.What);
            case TrunkAnswer.Seen seen:
                return await Merge(effect, task, open, seen);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public async Task<EffectOutcome> MoveTrunk(Effect.MoveTrunk effect)
    {
        if (await hubs.Of(effect.Repository) is not HubAnswer.Open { Hub: var open })
        {
            return new EffectOutcome.Transient($"the hub of {effect.Repository} cannot be opened");
        }

        var (id, number) = (effect.Id, effect.Candidate.Number);
        var push = state().SettingsOf(effect.Repository).Landing.Push;
        var order = new LandingOrder(id, effect.Candidate.Trunk, effect.Candidate.Commit, homeId, epoch);
        var outcome = await checkouts.During(open.Person, () => Trunk.Move(open.Hub, open.Person, order, push));
        return outcome switch
        {
            LandingOutcome.Moved => new EffectOutcome.Saw(new Observation.TrunkMoved(id, number)),
            LandingOutcome.TrunkMovedMeanwhile moved => new EffectOutcome.Saw(
                new Observation.TrunkElsewhere(id, number, moved.Now)
            ),
            LandingOutcome.Busy busy => new EffectOutcome.Saw(
                new Observation.TrunkBusy(id, number, $"{busy.Where}: {busy.Reason}")
            ),
            LandingOutcome.Unreachable away => new EffectOutcome.Saw(
                new Observation.TrunkBusy(id, number, away.Reason)
            ),
            LandingOutcome.StaleEpoch => new EffectOutcome.Transient("another daemon is in charge"),
            LandingOutcome.Refused refused => new EffectOutcome.Saw(
                new Observation.LandingBroken(effect.Repository, refused.Reason),
                new Observation.TrunkBusy(id, number, refused.Reason)
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public async Task<EffectOutcome> Check(Effect.CheckLanding effect)
    {
        if (await hubs.Of(effect.Repository) is not HubAnswer.Open { Hub: var open })
        {
            return new EffectOutcome.Transient($"the hub of {effect.Repository} cannot be opened");
        }

        var push = state().SettingsOf(effect.Repository).Landing.Push;
        var change = effect.Change;
        var (git, trunk, problem) = await WhereTrunkIs(open, push);
        if (problem is not null)
        {
            return new EffectOutcome.Transient(problem);
        }

        return await LandingCheck.Run(git, trunk, change.Commit, change.Tree, change.TrunkBefore) switch
        {
            LandingCheckOutcome.Holds => new EffectOutcome.Saw(new Observation.LandingHolds(effect.Id, change.Commit)),
            LandingCheckOutcome.Broken broken => new EffectOutcome.Saw(
                new Observation.LandingBroken(effect.Repository, broken.What)
            ),
            LandingCheckOutcome.CouldNotLook blind => new EffectOutcome.Transient(blind.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>
    /// A landing is looked at where trunk lives: on the remote, fetched anew, or in the person's repository.
    /// </summary>
    private static async Task<(GitCommand Git, string Trunk, string? Problem)> WhereTrunkIs(OpenHub open, bool push)
    {
        if (open.Person.Remote is null || !push)
        {
            return (open.Person.Git, $"refs/heads/{open.Person.Trunk}", null);
        }

        return await TrunkSync.Run(open.Hub, open.Claim, open.Person) is SyncOutcome.At
            ? (open.Hub.Git, FleetRefs.Trunk, null)
            : (open.Hub.Git, FleetRefs.Trunk, "the remote cannot be read now");
    }

    public async Task<EffectOutcome> SetPauseFile(Effect.SetPauseFile effect)
    {
        if (await hubs.Of(effect.Repository) is not HubAnswer.Open { Hub: var open })
        {
            return new EffectOutcome.Transient($"{effect.Repository} cannot be opened");
        }

        var outcome = effect.Present
            ? PauseFile.Set(open.Person.CommonDirectory, effect.Name, homeId)
            : PauseFile.Clear(open.Person.CommonDirectory, effect.Name, homeId);
        return outcome switch
        {
            PauseFileOutcome.Done => new EffectOutcome.Saw(
                new Observation.PauseFileIs(effect.Repository, effect.Present ? effect.Name : null)
            ),
            PauseFileOutcome.NotOurs other => new EffectOutcome.Transient($"{other.Path} is not Fleet's"),
            PauseFileOutcome.Refused refused => new EffectOutcome.Transient(refused.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<EffectOutcome> ReadTrunk(OpenHub open, RepositoryName name) =>
        await reading.Read(open, name) switch
        {
            TrunkAnswer.Seen seen => new EffectOutcome.Saw(seen.What),
            TrunkAnswer.Wrong wrong => new EffectOutcome.Saw(new Observation.RepositoryNotRead(name, wrong.Why)),
            TrunkAnswer.NotNow notNow => new EffectOutcome.Transient(notNow.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>
    /// A daemon may die between moving trunk and saying so: then trunk already holds the last candidate.
    /// </summary>
    private static async Task<int?> LandedBefore(Hub hub, Proposal proposal, Commit head) =>
        proposal.Outdated is { } last && await Ancestry.Holds(hub.Git, last.Commit.Sha, head.Sha) ? last.Number : null;

    private static async Task<EffectOutcome> Merge(
        Effect.BuildCandidate effect,
        FleetTask task,
        OpenHub open,
        TrunkAnswer.Seen trunk
    )
    {
        var (proposal, seen) = (effect.Proposal, trunk.What);
        var plan = new CandidatePlan(
            seen.Head,
            trunk.Tree,
            proposal.Commit,
            Message(task, proposal),
            open.Person.Author,
            task.Run?.ExitedAt ?? task.AddedAt
        );
        return await Candidates.Build(open.Hub, plan) switch
        {
            CandidateOutcome.Built built => new EffectOutcome.Saw(
                seen,
                new Observation.CandidateMerged(
                    effect.Id,
                    new Candidate(effect.Number, built.Trunk, built.Commit, built.Tree)
                )
            ),
            CandidateOutcome.MergedAlready => new EffectOutcome.Saw(
                seen,
                new Observation.EffectRefused(effect.Id, "it adds nothing that trunk does not have already")
            ),
            CandidateOutcome.Conflict conflict => new EffectOutcome.Saw(
                seen,
                new Observation.CandidateConflicted(effect.Id, effect.Number, seen.Head, [.. conflict.Paths])
            ),
            CandidateOutcome.Failed failed => new EffectOutcome.Transient(failed.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string Message(FleetTask task, Proposal proposal)
    {
        const int longest = 200;
        var title = task.Brief.Title.ReplaceLineEndings(" ").Trim();
        var subject = title.Length > longest ? title[..longest] : title;
        return $"{subject}\n\nFleet-Task: {task.Id}\nFleet-Run: {proposal.Run}\n";
    }
}
