using System.Text.RegularExpressions;

namespace Fleet.Git;

/// <summary>
/// What a coder's git directory points to, read as plain files: no git runs under its configuration.
/// </summary>
/// <param name="Head">The commit HEAD names, however it got there; null when it names none.</param>
/// <param name="Others">Other branches, stashes and recent reflog entries, so that no commit is lost with
/// them.</param>
internal sealed partial record CoderTips(string? Head, IReadOnlyList<string> Others)
{
    private const int MostOthers = 64;
    private const int MostLinks = 5;

    /// <param name="gitDirectory">Where HEAD is.</param>
    /// <param name="commonDirectory">Where branches are: the same place in a private clone.</param>
    public static CoderTips Read(string gitDirectory, string commonDirectory)
    {
        if (!CoderFiles.IsRealDirectory(gitDirectory) || !CoderFiles.IsRealDirectory(commonDirectory))
        {
            return new CoderTips(null, []);
        }

        var head = Resolve(gitDirectory, commonDirectory, "HEAD");
        var own = string.Equals(gitDirectory, commonDirectory, StringComparison.Ordinal);
        var others = Reflog(gitDirectory, "logs/HEAD")
            .Concat(own ? Reflog(gitDirectory, "logs/refs/stash") : [])
            .Concat(own ? Branches(gitDirectory) : [])
            .Where(sha => !string.Equals(sha, head, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Take(MostOthers);
        return new CoderTips(head, [.. others]);
    }

    private static string? Resolve(string gitDirectory, string commonDirectory, string name)
    {
        for (var hop = 0; hop < MostLinks; hop++)
        {
            var folder = name is "HEAD" ? gitDirectory : commonDirectory;
            var text = CoderFiles.IsPlainPath(folder, name)
                ? CoderFiles.ReadText(Path.Combine(folder, name))?.Trim()
                : null;
            if (text is null)
            {
                return Packed(commonDirectory).FirstOrDefault(pair => pair.Name == name).Sha;
            }

            if (!text.StartsWith("ref: refs/", StringComparison.Ordinal))
            {
                return Sha().IsMatch(text) ? text : null;
            }

            name = text["ref: ".Length..];
        }

        return null;
    }

    private static IEnumerable<string> Branches(string folder)
    {
        var heads = Path.Combine(folder, "refs/heads");
        var loose = CoderFiles.IsRealDirectory(heads)
            // The default of EnumerationOptions skips hidden names; links to directories are never entered.
            ? Directory.EnumerateFiles(
                heads,
                "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
            )
            : [];
        return loose
            .Take(1000)
            .Select(path => Resolve(folder, folder, Path.GetRelativePath(folder, path)))
            .Append(Resolve(folder, folder, "refs/stash"))
            .Concat(
                Packed(folder)
                    .Where(pair => pair.Name.StartsWith("refs/heads/", StringComparison.Ordinal))
                    .Select(p => p.Sha)
            )
            .OfType<string>();
    }

    private static IEnumerable<(string Name, string? Sha)> Packed(string folder) =>
        from line in (CoderFiles.ReadText(Path.Combine(folder, "packed-refs"), 16 * 1024 * 1024) ?? "").Split('\n')
        let cut = line.IndexOf(' ', StringComparison.Ordinal)
        where cut > 0 && Sha().IsMatch(line[..cut])
        select (line[(cut + 1)..], (string?)line[..cut]);

    private static IEnumerable<string> Reflog(string folder, string name) =>
        CoderFiles.IsPlainPath(folder, name)
            ? CoderFiles
                .ReadTail(Path.Combine(folder, name))
                .Split('\n')
                .Reverse()
                .Select(line => line.Split(' ', 3))
                .Where(parts => parts.Length == 3 && Sha().IsMatch(parts[1]))
                .Select(parts => parts[1])
            : [];

    [GeneratedRegex(@"\A([0-9a-f]{40}|[0-9a-f]{64})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sha();
}
