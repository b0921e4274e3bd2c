namespace Fleet.Tests.Tidy;

/// <summary>A file fits in the head and a line fits the screen.</summary>
internal static class FileSizeRule
{
    public const int MostLines = 400;
    public const int MostColumns = 120;

    public static IEnumerable<Complaint> Check(SourceFile file)
    {
        var lines = file.Text.TrimEnd('\n').Split('\n');
        if (lines.Length > MostLines)
        {
            yield return new(
                file.Path,
                lines.Length,
                $"{lines.Length} lines, {MostLines} are allowed: split it by idea"
            );
        }

        foreach (var (number, line) in lines.Index())
        {
            if (line.Length > MostColumns)
            {
                yield return new(file.Path, number + 1, $"{line.Length} columns, {MostColumns} are allowed");
            }
        }
    }
}
