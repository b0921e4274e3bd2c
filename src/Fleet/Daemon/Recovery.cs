using Fleet.Daemon.Effects;
using Fleet.Git;
using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>At start: looks at the world and reports it; runs that live are taken over, not started again.</summary>
internal sealed class Recovery(
    FleetHome home,
    Func<FleetState> state,
    RunEffects runs,
    HubAccess hubs,
    CheckoutWatch checkouts
)
{
    /// <summary>Follows every run that may be alive; the keeper, or the run's files, tell how it ended.</summary>
    public void Adopt()
    {
        foreach (var id in state().Index.Live)
        {
            if (state().Tasks[id].Run is { Process: not null } run)
            {
                runs.Follow(run.Id);
            }
        }
    }

    /// <summary>Takes every hub under this epoch, so that a deposed daemon's refs are refused from here on.</summary>
    /// <remarks>Lock files that a killed git left behind go, unless a process still works there.</remarks>
    public async Task TakeHubs()
    {
        foreach (var repository in state().Repositories.Values)
        {
            if (await hubs.Of(repository.Name) is HubAnswer.Open { Hub: var open })
            {
                _ = HubLocks.Clear(open.Hub);
                await WatchCheckout(repository.Name, open);
            }
        }
    }

    /// <summary>A person's halt outlives the daemon that did not hear of it.</summary>
    public Observation? HaltNote() =>
        Halt.Read(home.Root) is { } halt ? new Observation.HaltSeen($"stopped by {halt.Who}: {halt.Why}") : null;

    /// <summary>What changed while no daemon looked is nobody's; from now on it counts again.</summary>
    private async Task WatchCheckout(RepositoryName name, OpenHub open)
    {
        foreach (var id in state().Index.Live)
        {
            if (state().Tasks[id] is { Run: { } run } task && task.Repository == name)
            {
                await checkouts.Begin(run.Id, open.Person);
            }
        }
    }
}
