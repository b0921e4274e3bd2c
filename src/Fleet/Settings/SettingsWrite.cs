namespace Fleet.Settings;

/// <summary>Writes a settings file so that after a crash it is either the old one or the new one, whole.</summary>
internal static class SettingsWrite
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces the file by temporary file, fsync and rename.</summary>
    /// <remarks>A link is followed, so that a person's linked configuration stays where it really is.</remarks>
    public static void Replace(string path, string text)
    {
        var isLink = new FileInfo(path).LinkTarget is not null;
        var target = isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        var temporary = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            WriteThrough(temporary, text, File.Exists(target) ? File.GetUnixFileMode(target) : OwnerOnly);
            File.Move(temporary, target, overwrite: true);
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
