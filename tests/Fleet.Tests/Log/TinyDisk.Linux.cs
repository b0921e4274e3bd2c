namespace Fleet.Tests.Log;

/// <summary>A file system of half a megabyte, where this machine lets us mount one.</summary>
internal sealed class TinyDisk : IDisposable
{
    private TinyDisk(TempFolder folder) => Folder = folder;

    public TempFolder Folder { get; }

    public static TinyDisk? TryMount()
    {
        var folder = new TempFolder();
        if (
            Environment.IsPrivilegedProcess
            && CopyOf.Run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder.Path) == 0
        )
        {
            return new TinyDisk(folder);
        }

        folder.Dispose();
        return null;
    }

    public void Dispose()
    {
        CopyOf.Run("umount", Folder.Path);
        Folder.Dispose();
    }
}
