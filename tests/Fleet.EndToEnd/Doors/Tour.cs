namespace Fleet.EndToEnd.Doors;

/// <summary>What README.md promises: the lines of its blocks, read from this very source tree.</summary>
internal static class Tour
{
    /// <summary>The tree that this test was built from.</summary>
    public static string SourceTree { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The lines of the nth block of a language below a heading, without what follows a <c>#</c>.</summary>
    public static IReadOnlyList<string> Commands(string heading, int nth = 0) =>
        [.. Block(heading, "sh", nth).Select(line => line.Split(" # ")[0].TrimEnd()).Where(line => line.Length > 0)];

    public static IReadOnlyList<string> Block(string heading, string language, int nth = 0)
    {
        var section = File.ReadLines(Path.Combine(SourceTree, "README.md"))
            .SkipWhile(line => line != heading)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .ToList();
        Assert.True(section.Count > 0, $"README.md has no heading \"{heading}\"");
        for (var at = 0; ; nth--)
        {
            at = section.IndexOf($"```{language}", at) + 1;
            Assert.True(at > 0, $"README.md has too few blocks of {language} below \"{heading}\"");
            if (nth == 0)
            {
                return section[at..section.IndexOf("```", at)];
            }
        }
    }

    private static string Above(string directory) =>
        File.Exists(Path.Combine(directory, "Fleet.slnx")) ? directory : Above(Path.GetDirectoryName(directory)!);
}
