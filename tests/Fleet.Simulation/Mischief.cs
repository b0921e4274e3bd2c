using Fleet.Simulation.Home;
using Fleet.Simulation.World;

namespace Fleet.Simulation;

/// <summary>What goes wrong by itself: strangers, machines, clocks.</summary>
internal sealed class Mischief(SimHome home)
{
    private readonly SimWorld world = home.World;
    private int strangers;

    public void Act()
    {
        var chance = world.Chance;
        var repository = chance.Pick([.. world.Repositories]);
        if (world.Faults.Strikes(Fault.StrangerMovesTrunk, 15))
        {
            var path = chance.Percent(30) ? "p0" : "readme";
            repository.StrangerCommits(repository.Files.SetItem(path, $"s{++strangers}"));
            world.Trace.Say($"world   a stranger moves {repository.Name} to {repository.Head}");
        }

        if (world.Faults.Strikes(Fault.StrangerChangesPolicy, 8))
        {
            repository.StrangerCommits(repository.Files.SetItem(Policy.Path, chance.Pick(Policy.All)));
            world.Trace.Say($"world   a stranger changes the policy of {repository.Name} at {repository.Head}");
        }

        if (world.Faults.Strikes(Fault.RepositoryUnreadable, 8))
        {
            repository.Unreadable = true;
            world.Time.In(TimeSpan.FromMinutes(20), () => repository.Unreadable = false);
        }

        if (world.Faults.Strikes(Fault.KeeperKilled, 3))
        {
            world.Trace.Say($"world   the keeper is killed");
            world.Runs.LoseAll();
        }

        if (world.Faults.Strikes(Fault.ClockJumps, 3))
        {
            world.Trace.Say($"world   the clock jumps");
            world.Time.Jump(chance.Between(TimeSpan.FromMinutes(1), TimeSpan.FromHours(3)));
        }

        if (world.Faults.Strikes(Fault.DaemonFreezes, 5))
        {
            home.Daemon?.Freeze();
        }
    }

    /// <summary>
    /// Strangers mend what they, or a person's approval, broke: without that no gate could ever uphold again.
    /// </summary>
    public void Mend()
    {
        foreach (var repository in world.Repositories)
        {
            repository.Unreadable = false;
            var files = repository.Files;
            var broken = files
                .Where(f => f.Value[^1] is '!' or '?' || f.Key is "x" or "y")
                .Select(f => f.Key)
                .ToArray();
            if (broken.Length > 0)
            {
                repository.StrangerCommits(files.RemoveRange(broken));
            }
        }
    }
}
