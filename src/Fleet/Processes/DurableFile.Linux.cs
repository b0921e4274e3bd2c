using System.Runtime.InteropServices;

namespace Fleet.Processes;

/// <summary>Writes small files whole or not at all: a reader, or a reboot, finds the old text or the new one.</summary>
internal static class DurableFile
{
    /// <summary>Writes beside the file, syncs, renames over it, and syncs the directory.</summary>
    internal static void Replace(string path, ReadOnlySpan<byte> content)
    {
        ReplaceUnsynced(path, content, sync: true);
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Survives the death of every process but not of the machine; enough for what dies with it.</summary>
    internal static void ReplaceUnsynced(string path, ReadOnlySpan<byte> content) =>
        ReplaceUnsynced(path, content, sync: false);

    /// <summary>Makes what was replaced without a sync last.</summary>
    internal static void Sync(string path)
    {
        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
        {
            RandomAccess.FlushToDisk(file);
        }

        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes the file; false when it was not there.</summary>
    internal static bool Remove(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        File.Delete(path);
        SyncDirectory(Path.GetDirectoryName(path)!);
        return true;
    }

    private static void ReplaceUnsynced(string path, ReadOnlySpan<byte> content, bool sync)
    {
        // Unique, since two processes may write the same record at the same time.
        var draft = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.new";
        try
        {
            using (var file = File.OpenHandle(draft, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, content, 0);
                if (sync)
                {
                    RandomAccess.FlushToDisk(file);
                }
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private static void SyncDirectory(string path)
    {
        var flags = Libc.OpenReadOnly | Libc.OpenDirectory | Libc.OpenCloseOnExec;
        var descriptor = Libc.Open(path, flags, 0);
        var synced = descriptor >= 0 && Libc.Fsync(descriptor) == 0;
        var error = synced ? 0 : Marshal.GetLastPInvokeError();
        _ = Libc.Close(descriptor);
        if (!synced)
        {
            throw new IOException($"cannot sync the directory '{path}': {Libc.Describe(error)}");
        }
    }
}
