namespace Fleet.Git;

/// <summary>Where a ref was found to point, without asking git.</summary>
internal abstract record RefAnswer
{
    private RefAnswer() { }

    internal sealed record At(string Sha) : RefAnswer;

    internal sealed record Missing : RefAnswer;

    /// <summary>Not to be told from files: another format, a link, damage. Git must be asked.</summary>
    internal sealed record Unclear : RefAnswer;
}

/// <summary>Reads refs from the files that git keeps them in: most looks find nothing new and need no process.</summary>
internal static class RefFiles
{
    private const int MostPacked = 64 * 1024 * 1024;
    private const int MostLinks = 5;
    private const string Link = "ref: ";

    public static RefAnswer Read(string commonDirectory, string name)
    {
        for (var hop = 0; hop < MostLinks; hop++)
        {
            switch (Once(commonDirectory, name))
            {
                case (var text, _) when text.StartsWith(Link, StringComparison.Ordinal):
                    name = text[Link.Length..];
                    break;
                case (var sha, true):
                    return IsObject(sha) ? new RefAnswer.At(sha) : new RefAnswer.Unclear();
                default:
                    return Directory.Exists(Path.Combine(commonDirectory, "reftable"))
                        ? new RefAnswer.Unclear()
                        : new RefAnswer.Missing();
            }
        }

        return new RefAnswer.Unclear();
    }

    /// <summary>A loose file wins; looked for twice, because it may be packed away in between.</summary>
    private static (string Text, bool Found) Once(string folder, string name)
    {
        var loose = Path.Combine(folder, name);
        if (Loose(loose) is { } first)
        {
            return (first, true);
        }

        return Packed(folder, name) is { } packed ? (packed, true)
            : Loose(loose) is { } again ? (again, true)
            : ("", false);
    }

    private static string? Loose(string path) =>
        CoderFiles.ReadText(path)?.Trim() ?? (Path.Exists(path) && !Directory.Exists(path) ? "unreadable" : null);

    private static string? Packed(string folder, string name)
    {
        var path = Path.Combine(folder, "packed-refs");
        if (!File.Exists(path))
        {
            return null;
        }

        // One line each: the object, a space, the name.
        var text = CoderFiles.ReadText(path, MostPacked);
        var at = text?.IndexOf($" {name}\n", StringComparison.Ordinal) ?? 0;
        return text is null ? "unreadable"
            : at < 0 ? null
            : text[(text.LastIndexOf('\n', at) + 1)..at];
    }

    private static bool IsObject(string text) =>
        text.Length is 40 or 64 && text.All(letter => letter is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
