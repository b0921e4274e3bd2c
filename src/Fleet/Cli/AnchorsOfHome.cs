using Fleet.Daemon;
using Fleet.Git;
using Fleet.Log;
using Fleet.Rules;
using Anchor = Fleet.Log.Anchor;

namespace Fleet.Cli;

/// <summary>What witnesses outside the log saw: the anchor file, and a ref in each hub.</summary>
internal static class AnchorsOfHome
{
    private const int MostPerHub = 10_000;

    public static async Task<AnchorLines> Read(FleetHome home)
    {
        var file = new AnchorFile(home.AnchorFile).Read();
        if (!Directory.Exists(home.Hubs))
        {
            return file;
        }

        var anchors = new List<Anchor>(file.Anchors);

        foreach (var path in Directory.EnumerateDirectories(home.Hubs, "*.git").Order(StringComparer.Ordinal))
        {
            var hub = new Hub(new RepositoryName(Path.GetFileNameWithoutExtension(path)), path);
            foreach (var anchor in await AnchorRef.History(hub, MostPerHub))
            {
                anchors.Add(new Anchor(anchor.Sequence, anchor.Hash, default, $"{FleetRefs.Audit} of {path}"));
            }
        }

        return file with
        {
            Anchors = anchors,
        };
    }
}
