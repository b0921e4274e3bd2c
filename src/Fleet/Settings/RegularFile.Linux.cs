using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fleet.Settings;

/// <summary>Opens what is at a path, through links, only when it is a regular file.</summary>
internal static partial class RegularFile
{
    /// <summary>Null when something else is there. Never waits, as a plain open of a pipe does.</summary>
    /// <remarks>The open file itself is asked what it is, so nothing can take its place in between.</remarks>
    public static FileStream? Open(string path)
    {
        var handle = Libc.Open(path, Libc.ReadOnly | Libc.NonBlocking | Libc.NoTerminal | Libc.CloseOnExec);
        if (handle.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw error == Libc.NothingThere
                ? new FileNotFoundException(null, path)
                : new IOException(Marshal.GetPInvokeErrorMessage(error));
        }

        if (IsRegular(handle))
        {
            return new FileStream(handle, FileAccess.Read);
        }

        handle.Dispose();
        return null;
    }

    private static bool IsRegular(SafeFileHandle file) =>
        Libc.Statx(file, "", Libc.TheFileItself, Libc.Type, out var status) == 0
        && (status.Mode & Libc.TypeBits) == Libc.Regular;

    private static partial class Libc
    {
        public const int ReadOnly = 0;
        public const int NoTerminal = 0x100;
        public const int NonBlocking = 0x800;
        public const int CloseOnExec = 0x80000;
        public const int NothingThere = 2;

        public const int TheFileItself = 0x1000;
        public const uint Type = 0x1;
        public const int TypeBits = 0xF000;
        public const int Regular = 0x8000;

        // The one layout of struct statx on every Linux architecture.
        [StructLayout(LayoutKind.Explicit, Size = 256)]
        public struct Status
        {
            [FieldOffset(28)]
            public ushort Mode;
        }

        [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        public static partial SafeFileHandle Open(string path, int flags);

        [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
        public static partial int Statx(SafeFileHandle file, string path, int flags, uint mask, out Status status);
    }
}
