using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fleet.Git;

/// <summary>One file that a commit changes.</summary>
/// <param name="Mode">Git's mode of the new file; zeros where it is gone.</param>
/// <param name="Blob">The object that holds it.</param>
internal sealed record ChangedFile(string Path, string Mode, string Blob)
{
    public const string Gone = "000000";
    public const string Plain = "100644";
    public const string Executable = "100755";
    public const string Link = "120000";

    /// <summary>Another repository recorded in place of files.</summary>
    public const string Embedded = "160000";
}

/// <summary>Tells by content whether files lie in a worktree exactly as a commit holds them.</summary>
internal static class CommittedFiles
{
    private const int MostFiles = 500;
    private const int MostBytes = 8 * 1024 * 1024;
    private const UnixFileMode AnyExecute =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>
    /// False also where that is not plain to see: many or large files, line ends that git converts. Then git must
    /// be asked.
    /// </summary>
    public static bool LieIn(string workTree, IReadOnlyCollection<ChangedFile> files) =>
        files.Count <= MostFiles && files.All(file => LiesIn(workTree, file));

    private static bool LiesIn(string workTree, ChangedFile file)
    {
        var path = Path.Combine(workTree, file.Path);
        if (file.Mode == ChangedFile.Gone)
        {
            return !Path.Exists(path) && new FileInfo(path).LinkTarget is null;
        }

        if (!CoderFiles.IsPlainPath(workTree, file.Path))
        {
            return false;
        }

        return file.Mode switch
        {
            ChangedFile.Plain => IsFile(path, file.Blob, executable: false),
            ChangedFile.Executable => IsFile(path, file.Blob, executable: true),
            ChangedFile.Link => new FileInfo(path).LinkTarget is { } target
                && Blob(Encoding.UTF8.GetBytes(target), file.Blob.Length) == file.Blob,
            _ => false,
        };
    }

    private static bool IsFile(string path, string blob, bool executable)
    {
        using var handle = CoderFiles.OpenRegular(path);
        if (handle is null || RandomAccess.GetLength(handle) is var length && length > MostBytes)
        {
            return false;
        }

        var content = new byte[length];
        var whole = RandomAccess.Read(handle, content, fileOffset: 0) == length;
        var runs = (File.GetUnixFileMode(handle) & AnyExecute) != UnixFileMode.None;
        return whole && runs == executable && Blob(content, blob.Length) == blob;
    }

    /// <summary>The name git gives to a blob of that content.</summary>
    private static string Blob(byte[] content, int letters)
    {
        const int sha256Letters = 64;
        var kind = letters == sha256Letters ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        using var hash = IncrementalHash.CreateHash(kind);
        hash.AppendData(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0"))
        );
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
