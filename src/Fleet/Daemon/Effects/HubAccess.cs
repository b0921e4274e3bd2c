using System.Collections.Concurrent;
using Fleet.Git;
using Fleet.Git.Landing;
using Fleet.Rules;
using Known = Fleet.Rules.Repositories.Repository;

namespace Fleet.Daemon.Effects;

/// <summary>
/// A repository ready to be worked with: its hub, this daemon's right to write it, and the person's side.
/// </summary>
internal sealed record OpenHub(Hub Hub, EpochClaim Claim, Repository Person);

/// <summary>What became of opening a hub.</summary>
internal abstract record HubAnswer
{
    private HubAnswer() { }

    internal sealed record Open(OpenHub Hub) : HubAnswer;

    /// <summary>It cannot be used until a person does something.</summary>
    internal sealed record Refused(string Why) : HubAnswer;

    /// <summary>Another daemon is in charge of it, or it is locked: worth another try.</summary>
    internal sealed record NotNow(string Why) : HubAnswer;
}

/// <summary>Opens each repository's hub once in a daemon's life, under this daemon's epoch.</summary>
internal sealed class HubAccess(Func<FleetState> state, Hubs hubs, Epoch epoch, string holder, string homeId)
    : IDisposable
{
    private readonly ConcurrentDictionary<RepositoryName, HubAnswer.Open> open = new();
    private readonly SemaphoreSlim opening = new(1);

    public async Task<HubAnswer> Of(RepositoryName name)
    {
        if (open.TryGetValue(name, out var known))
        {
            return known;
        }

        await opening.WaitAsync();
        try
        {
            return open.TryGetValue(name, out known) ? known : await Open(name);
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>Looks at the person's side anew next time: trunk, remote or place may have changed.</summary>
    public void Forget(RepositoryName name) => open.TryRemove(name, out _);

    public void Dispose() => opening.Dispose();

    private async Task<HubAnswer> Open(RepositoryName name)
    {
        if (!state().Repositories.TryGetValue(name, out var known))
        {
            return new HubAnswer.Refused($"{name} was forgotten");
        }

        // Whatever its trunk holds by now: the work of its runs can still be saved.
        return await RepositoryProbe.Look(known.Root, known.Trunk, files: false) switch
        {
            ProbeOutcome.Usable usable => await Take(known, usable.Repository),
            var refused => new HubAnswer.Refused(refused.ToString() ?? "it cannot be used"),
        };
    }

    private async Task<HubAnswer> Take(Known known, Repository person)
    {
        if (hubs.Open(known.Name, person.ObjectFormat) is not HubOutcome.Ready ready)
        {
            return new HubAnswer.Refused($"the hub of {known.Name} could not be made in {hubs.At(known.Name).Path}");
        }

        switch (await EpochRef.Take(ready.Hub, epoch, holder))
        {
            case EpochOutcome.Taken taken:
                return await Fence(new OpenHub(ready.Hub, taken.Claim, person));
            case EpochOutcome.Refused refused:
                return new HubAnswer.NotNow(
                    $"epoch {refused.InForce} of {refused.Holder} is in charge of {known.Name}"
                );
            case EpochOutcome.Failed failed:
                return new HubAnswer.Refused(failed.Why);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>
    /// From here on git refuses a replaced daemon's landings in the person's repository. A remote is fenced by each
    /// push itself: nothing is asked of the network before there is something to land.
    /// </summary>
    private async Task<HubAnswer> Fence(OpenHub hub)
    {
        switch (await TrunkFence.Take(hub.Hub, hub.Person, homeId, epoch, push: false))
        {
            case LandingOutcome.StaleEpoch:
                return new HubAnswer.NotNow($"another daemon is in charge of {hub.Hub.Name}");
            case LandingOutcome.Busy busy:
                return new HubAnswer.NotNow($"{busy.Where}: {busy.Reason}");
            default:
                var answer = new HubAnswer.Open(hub);
                open[hub.Hub.Name] = answer;
                return answer;
        }
    }
}
