using System.Globalization;
using System.Text;
using Fleet.Rules;

namespace Fleet.Processes;

/// <summary>The highest epoch that ever spoke to this home's keepers; it outlives them.</summary>
internal sealed class KeeperEpoch
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private long _highest;

    internal KeeperEpoch(string home)
    {
        _path = Path.Combine(home, "keeper.epoch");
        _highest = File.Exists(_path) ? long.Parse(File.ReadAllText(_path), CultureInfo.InvariantCulture) : 0;
    }

    internal Epoch Highest => new(_highest);

    /// <summary>False for a daemon that has been succeeded; a higher epoch is on disk before it is served.</summary>
    internal bool Admits(Epoch epoch)
    {
        lock (_gate)
        {
            if (epoch.Number > _highest)
            {
                DurableFile.Replace(_path, Encoding.UTF8.GetBytes(epoch.ToString()));
                _highest = epoch.Number;
            }

            return epoch.Number == _highest;
        }
    }
}
