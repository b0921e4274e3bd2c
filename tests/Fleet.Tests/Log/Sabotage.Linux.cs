using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Fleet.Tests.Log;

/// <summary>Makes the system fail for real under an open database, without any special rights.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class Sabotage
{
    private const int Nobody = 65534;

    /// <summary>Replaces a file that this process has open by a device until disposed: <c>/dev/full</c> has no room,
    /// <c>/dev/null</c> cannot be synced.</summary>
    public static IDisposable Replace(string openFile, string device)
    {
        using var standIn = File.OpenHandle(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var replaced = Descriptors(openFile).Select(descriptor => (descriptor, Kept: Dup(descriptor))).ToList();
        Assert.NotEmpty(replaced);
        replaced.ForEach(one => Assert.Equal(one.descriptor, Dup2((int)standIn.DangerousGetHandle(), one.descriptor)));
        return new Undo(() =>
        {
            foreach (var (descriptor, kept) in replaced)
            {
                // A descriptor that was closed meanwhile may be somebody else's by now.
                _ = Target(descriptor) == device ? Dup2(kept, descriptor) : 0;
                _ = Close(kept);
            }
        });
    }

    /// <summary>Looks at a folder with no right to write there, also as root: on a thread of its own, because only
    /// the user of a thread can be changed without changing the whole process.</summary>
    public static T WithoutWriting<T>(string folder, Func<T> look)
    {
        const UnixFileMode readOnly =
            UnixFileMode.UserRead
            | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherExecute;
        foreach (var file in Directory.GetFiles(folder).Append(folder))
        {
            File.SetUnixFileMode(file, readOnly);
        }

        var seen = default(T);
        var thread = new Thread(() =>
        {
            _ = SetFileUser(Environment.IsPrivilegedProcess ? Nobody : (int)GetUser());
            seen = look();
        });
        thread.Start();
        thread.Join();
        File.SetUnixFileMode(folder, readOnly | UnixFileMode.UserWrite);
        return seen!;
    }

    private static IEnumerable<int> Descriptors(string path) =>
        Directory
            .GetFiles("/proc/self/fd")
            .Select(link => int.Parse(Path.GetFileName(link)))
            .Where(descriptor => Target(descriptor) == path);

    private static string? Target(int descriptor) => new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(int user);

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint GetUser();

    private sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}
