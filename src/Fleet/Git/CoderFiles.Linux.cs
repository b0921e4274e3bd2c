using System.Runtime.InteropServices;
using System.Text;
using Fleet.Processes;
using Microsoft.Win32.SafeHandles;

namespace Fleet.Git;

/// <summary>
/// Reads files that a coder may have replaced by anything: links are not followed, pipes do not block, sizes are
/// bounded.
/// </summary>
internal static partial class CoderFiles
{
    private const int Flags = Libc.OpenReadOnly | Libc.OpenNonBlocking | Libc.OpenNoFollow | Libc.OpenCloseOnExec;

    /// <summary>The text of a small regular file, or null for anything else.</summary>
    public static string? ReadText(string path, int limit = 64 * 1024)
    {
        using var handle = OpenRegular(path);
        return handle is null || RandomAccess.GetLength(handle) > limit ? null : Encoding.UTF8.GetString(All(handle));
    }

    /// <summary>The last bytes of a regular file, cut at a line's beginning; empty for anything else.</summary>
    public static string ReadTail(string path, int limit = 64 * 1024)
    {
        using var handle = OpenRegular(path);
        if (handle is null)
        {
            return "";
        }

        var start = Math.Max(0, RandomAccess.GetLength(handle) - limit);
        var text = Encoding.UTF8.GetString(All(handle, start));
        return start == 0 ? text : text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>A handle to a regular file that can be read, or null.</summary>
    public static SafeFileHandle? OpenRegular(string path)
    {
        var handle = new SafeFileHandle(Libc.Open(path, Flags, mode: 0), ownsHandle: true);
        if (!handle.IsInvalid && IsRegular(handle))
        {
            return handle;
        }

        handle.Dispose();
        return null;
    }

    /// <summary>True for a directory that is there itself, not through a link.</summary>
    public static bool IsRealDirectory(string path) =>
        new DirectoryInfo(path) is { Exists: true } folder && !folder.Attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>True when every step from a trusted folder down to a name is a real directory.</summary>
    public static bool IsPlainPath(string root, string relative)
    {
        var at = root;
        foreach (var step in Path.GetDirectoryName(relative)?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            at = Path.Combine(at, step);
            if (step is "." or ".." || !IsRealDirectory(at))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] All(SafeFileHandle handle, long start = 0)
    {
        var bytes = new byte[Math.Max(0, RandomAccess.GetLength(handle) - start)];
        var got = 0;
        while (got < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(got), start + got) is var count and > 0)
        {
            got += count;
        }

        return bytes[..got];
    }

    /// <summary>Pipes and sockets have no position; directories say what they are.</summary>
    private static bool IsRegular(SafeFileHandle handle) =>
        Seek(handle, 0, 0) == 0 && !File.GetAttributes(handle).HasFlag(FileAttributes.Directory);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(SafeFileHandle file, long offset, int origin);
}
