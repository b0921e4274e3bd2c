using System.Text;

namespace Fleet.Tests.Git.Landing;

/// <summary>Everything a person has in a checkout, as text: the whole index and every byte of every file.</summary>
internal static class CheckoutPicture
{
    public static string Of(ScratchRepository repository)
    {
        var picture = new StringBuilder(repository.Git("ls-files", "--stage", "-v")).AppendLine();
        foreach (var (path, content) in Files(repository))
        {
            picture.AppendLine($"{path}: {content}");
        }

        return picture.ToString();
    }

    /// <summary>Every file and link outside the git directory, with its mode.</summary>
    public static SortedDictionary<string, string> Files(ScratchRepository repository)
    {
        var everything = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.None,
        };
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in new DirectoryInfo(repository.Path).EnumerateFileSystemInfos("*", everything))
        {
            var path = Path.GetRelativePath(repository.Path, entry.FullName);
            if (entry.LinkTarget is { } target)
            {
                files[path] = $"link {target}";
            }
            else if (entry is FileInfo && path is not ".git" && !path.StartsWith(".git/", StringComparison.Ordinal))
            {
                var isProgram = entry.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
                files[path] =
                    $"{(isProgram ? "program" : "file")} {Convert.ToHexString(File.ReadAllBytes(entry.FullName))}";
            }
        }

        return files;
    }
}
