namespace Fleet.Cli.Output;

/// <summary>Something on disk that would go, or stays, and why.</summary>
internal sealed record Litter(string Kind, string Path, long Bytes, bool Goes, string Why)
{
    /// <summary>The bytes of a file or of everything below a directory; links are not followed.</summary>
    public static long Size(string path)
    {
        var all = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        return File.Exists(path) ? new FileInfo(path).Length
            : Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", all).Sum(file => file.Length)
            : 0;
    }
}

/// <summary>What would go and what stays, as people read it.</summary>
internal static class LitterText
{
    public static int Tell(Call call, IReadOnlyList<Litter> found)
    {
        if (call.Json)
        {
            return call.Show(CliJson.Litter([.. found]));
        }

        var table = new Table("", "WHAT", "SIZE", "WHY", "WHERE");
        foreach (var item in found)
        {
            var size = item.Bytes == 0 ? "" : Settings.SizeText.Write(item.Bytes);
            table.Add(
                new Cell(item.Goes ? "goes" : "stays", item.Goes ? Ink.Attention : Ink.None),
                item.Kind,
                size,
                item.Why,
                item.Path
            );
        }

        call.Terminal.Write(found.Count == 0 ? "there is nothing to clear away\n" : table.Render(call.Terminal));
        return Rules.Answer.Done;
    }
}
