namespace Fleet.Git;

/// <summary>The configuration a coder finds in its checkout.</summary>
internal static class CloneConfig
{
    // Not an address: git repeats it in its error message, which is all a coder sees of it.
    private const string NoPush = "/dev/null/Fleet lands your commits itself, so pushing from a worktree is off";

    public static string Text(Hub hub, WorktreeRequest request)
    {
        var sha256 = request.Base.Sha.Length == 64;
        return $"""
            [core]
            	repositoryformatversion = {(sha256 ? 1 : 0)}
            	filemode = true
            	bare = false
            	logAllRefUpdates = true
            {(sha256 ? "[extensions]\n\tobjectFormat = sha256" : "")}
            {Body(hub, request)}
            """;
    }

    /// <summary>Everything but what describes the repository itself.</summary>
    public static string Body(Hub hub, WorktreeRequest request) =>
        $"""
            [user]
            	name = {Quote(request.Author.Name)}
            	email = {Quote(request.Author.Email)}
            [gc]
            	auto = 0
            [maintenance]
            	auto = false
            [push]
            	default = current
            [remote "origin"]
            	url = {Quote(hub.Path)}
            	pushurl = {Quote(NoPush)}
            	fetch = {Quote($"+{FleetRefs.Trunk}:refs/remotes/origin/{request.Trunk}")}
            	tagOpt = --no-tags

            """;

    private static string Quote(string value)
    {
        var safe = value
            .Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal)
            .Replace("\0", "", StringComparison.Ordinal);
        return $"\"{safe}\"";
    }
}
