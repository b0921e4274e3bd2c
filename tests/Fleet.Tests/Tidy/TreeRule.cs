using System.Text.RegularExpressions;

namespace Fleet.Tests.Tidy;

/// <summary>The tree in docs/architecture.md: one line per folder, its name, then what it is for.</summary>
internal static partial class TreeRule
{
    /// <summary>Finds folders of src, two deep, that the tree does not explain.</summary>
    public static IEnumerable<Complaint> CheckFolders(SourceFile architecture, IEnumerable<string> folders)
    {
        var captions = Captions(architecture).Select(caption => caption.Folder).ToHashSet();
        return from folder in folders
            where folder.StartsWith("src/", StringComparison.Ordinal) && folder.Count(sign => sign == '/') <= 2
            where !captions.Contains(folder)
            select new Complaint(architecture.Path, 1, $"the tree does not say what {folder}/ is for");
    }

    /// <summary>Finds lines of the tree whose folder does not exist.</summary>
    public static IEnumerable<Complaint> CheckCaptions(SourceFile architecture, IEnumerable<string> folders)
    {
        var existing = folders.ToHashSet();
        return from caption in Captions(architecture)
            where !existing.Contains(caption.Folder)
            select new Complaint(
                architecture.Path,
                caption.Line,
                $"the tree explains {caption.Folder}/, which does not exist"
            );
    }

    /// <summary>Indented by two spaces, a folder lies in the last one that stands further left.</summary>
    private static IEnumerable<(string Folder, int Line)> Captions(SourceFile architecture)
    {
        var parents = new Stack<(int Indent, string Folder)>();
        var inTree = false;
        foreach (var (number, line) in architecture.Lines.Index())
        {
            inTree ^= line.StartsWith("```", StringComparison.Ordinal);
            var match = Caption().Match(line);
            if (!inTree || !match.Success)
            {
                continue;
            }

            var indent = match.Groups["indent"].Length;
            while (parents.TryPeek(out var parent) && parent.Indent >= indent)
            {
                parents.Pop();
            }

            var folder = match.Groups["folder"].Value;
            folder = parents.TryPeek(out var above) ? $"{above.Folder}/{folder}" : folder;
            parents.Push((indent, folder));
            yield return (folder, number + 1);
        }
    }

    [GeneratedRegex(@"^(?<indent> *)(?<folder>[\w.-]+(?:/[\w.-]+)*)/\s+\S")]
    private static partial Regex Caption();
}
