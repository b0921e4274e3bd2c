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
    private readonly List<Observation.WorktreeReady> untold = [];

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
                FindWorktrees(repository.Name, open);
                await WatchCheckout(repository.Name, open);
            }
        }
    }

    /// <summary>Worktrees that a daemon finished and did not live to tell of.</summary>
    public IReadOnlyList<Observation.WorktreeReady> Untold => untold;

    /// <summary>A person's halt outlives the daemon that did not hear of it.</summary>
    public Observation? HaltNote() =>
        Halt.Read(home.Root) is { } halt ? new Observation.HaltSeen($"stopped by {halt.Who}: {halt.Why}") : null;

    private void FindWorktrees(RepositoryName name, OpenHub open)
    {
        foreach (var id in state().Index.Live)
        {
            if (
                state().Tasks[id] is { Run: { Worktree: null } run } task
                && task.Repository == name
                && WorktreeNotes.Read(open.Hub.NotesOf(run.Id)) is { } notes
                && Directory.Exists(notes.Path)
            )
            {
                untold.Add(new Observation.WorktreeReady(run.Id, notes.Path, notes.Base, notes.Branch));
            }
        }
    }

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
