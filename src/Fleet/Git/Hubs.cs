using Fleet.Rules;

namespace Fleet.Git;

/// <summary>What became of opening a hub.</summary>
internal abstract record HubOutcome
{
    private HubOutcome() { }

    internal sealed record Ready(Hub Hub) : HubOutcome;

    internal sealed record Failed(string Why) : HubOutcome;
}

/// <summary>All hubs of one home: a bare repository per repository name.</summary>
internal sealed class Hubs(string folder)
{
    // refs/ is hidden from pushes as a whole, so git itself refuses any push into a hub.
    private static string Config(string objectFormat) =>
        $"""
            [core]
            	repositoryformatversion = {(objectFormat == "sha256" ? 1 : 0)}
            	bare = true
            	filemode = true
            	logAllRefUpdates = always
            	filesRefLockTimeout = 5000
            	packedRefsTimeout = 5000
            [gc]
            	auto = 0
            	pruneExpire = never
            	reflogExpire = never
            	reflogExpireUnreachable = never
            [receive]
            	hideRefs = refs/
            	fsckObjects = true
            [fetch]
            	writeCommitGraph = false
            {(objectFormat == "sha256" ? "[extensions]\n\tobjectFormat = sha256\n" : "")}
            """;

    public Hub At(RepositoryName name) => new(name, Path.Combine(folder, $"{name}.git"));

    /// <summary>
    /// Opens the hub, making it first if there is none. Made aside and renamed in: never half there.
    /// </summary>
    public HubOutcome Open(RepositoryName name, string objectFormat)
    {
        var hub = At(name);
        try
        {
            if (!Directory.Exists(hub.Path))
            {
                Make(hub, objectFormat);
            }

            return new HubOutcome.Ready(hub);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new HubOutcome.Failed($"The hub {hub.Path} could not be made: {error.Message}");
        }
    }

    private void Make(Hub hub, string objectFormat)
    {
        Directory.CreateDirectory(folder);
        var building = Path.Combine(folder, $".{hub.Name}.{Guid.NewGuid():N}");
        foreach (var part in (string[])["objects/info", "objects/pack", "refs/heads", "refs/fleet", "info", "fleet"])
        {
            Directory.CreateDirectory(Path.Combine(building, part));
        }

        File.WriteAllText(Path.Combine(building, "config"), Config(objectFormat));
        File.WriteAllText(Path.Combine(building, "HEAD"), "ref: refs/heads/none\n");
        try
        {
            Directory.Move(building, hub.Path);
        }
        catch (IOException) when (Directory.Exists(hub.Path))
        {
            // Another call was quicker; its hub is as good as this one.
            Directory.Delete(building, recursive: true);
        }
    }
}
