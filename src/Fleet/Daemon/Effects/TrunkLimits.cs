using System.Collections.Concurrent;
using Fleet.Git;
using Fleet.Rules;

namespace Fleet.Daemon.Effects;

/// <summary>
/// Says what on a trunk Fleet cannot work with. Asked anew whenever trunk moved: submodules may come any day.
/// </summary>
internal sealed class TrunkLimits
{
    private readonly ConcurrentDictionary<RepositoryName, (Commit Trunk, string? Why)> last = new();

    /// <summary>None when every file of that trunk would be in a worktree.</summary>
    public async Task<string?> Complaint(Hub hub, Commit trunk)
    {
        if (last.TryGetValue(hub.Name, out var known) && known.Trunk == trunk)
        {
            return known.Why;
        }

        var why = await RepositoryLimits.ComplaintAbout(hub.Git, trunk) is { } no ? $"{no.Why} {no.NextStep}" : null;
        last[hub.Name] = (trunk, why);
        return why;
    }
}
