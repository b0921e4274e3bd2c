using System.Text;

namespace Fleet.Processes;

/// <summary>The keeper's own few words; its standard error is <c>keeper.log</c>.</summary>
internal static unsafe class KeeperLog
{
    internal static void Write(string message)
    {
        var line = Encoding.UTF8.GetBytes($"{DateTimeOffset.UtcNow:O} {message}\n");
        fixed (byte* bytes = line)
        {
            // Where even this fails there is nobody left to tell.
            _ = Libc.Write(2, bytes, line.Length);
        }
    }
}
