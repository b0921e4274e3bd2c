using System.Runtime.InteropServices;

namespace Fleet.Git.Landing;

/// <summary>What the file system says about one path, without following links.</summary>
internal readonly partial record struct FileStamp(
    ulong Inode,
    long Size,
    long ModifiedNanoseconds,
    long ChangedNanoseconds
)
{
    /// <summary>
    /// When the file or its attributes last changed; unlike the modification time no program can set it.
    /// </summary>
    public DateTimeOffset ChangedAt => DateTimeOffset.UnixEpoch.AddTicks(ChangedNanoseconds / 100);

    /// <summary>Null where there is nothing.</summary>
    public static FileStamp? Of(string path)
    {
        var there = Libc.Statx(Libc.AtWorkingDirectory, path, Libc.NoFollow, Libc.BasicStats, out var stat) == 0;
        return there ? new FileStamp(stat.Inode, (long)stat.Size, stat.Modified.Total, stat.Changed.Total) : null;
    }

    private static partial class Libc
    {
        public const int AtWorkingDirectory = -100;
        public const int NoFollow = 0x100;
        public const uint BasicStats = 0x7ff;

        // The one layout of struct statx on every Linux architecture.
        [StructLayout(LayoutKind.Explicit, Size = 256)]
        public struct Status
        {
            [FieldOffset(32)]
            public ulong Inode;

            [FieldOffset(40)]
            public ulong Size;

            [FieldOffset(96)]
            public Moment Changed;

            [FieldOffset(112)]
            public Moment Modified;
        }

        [StructLayout(LayoutKind.Sequential)]
        public struct Moment
        {
            public long Seconds;
            public uint Nanoseconds;
            private readonly int reserved;

            public readonly long Total => (Seconds * 1_000_000_000) + Nanoseconds;
        }

        [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
        public static partial int Statx(int directory, string path, int flags, uint mask, out Status status);
    }
}
