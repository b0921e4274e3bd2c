namespace Fleet.Settings;

/// <summary>Writes a settings file so that after a crash it is either the old one or the new one, whole.</summary>
internal static class SettingsWrite
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces the file by temporary file, fsync and rename; null when done, else why it was not.</summary>
    /// <remarks>A link is followed, so that a person's linked configuration stays where it really is.</remarks>
    public static string? Replace(string path, string text)
    {
        try
        {
            var isLink = new FileInfo(path).LinkTarget is not null;
            Replace(isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)! : new FileInfo(path), text);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message;
        }
    }

    private static void Replace(FileSystemInfo target, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target.FullName)!);
        var temporary = $"{target.FullName}.{Path.GetRandomFileName()}";
        try
        {
            WriteThrough(temporary, text, target.Exists ? target.UnixFileMode : OwnerOnly);
            File.Move(temporary, target.FullName, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void WriteThrough(string path, string text, UnixFileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = mode,
        };
        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
