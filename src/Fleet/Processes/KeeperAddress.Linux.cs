using System.Security.Cryptography;
using System.Text;

namespace Fleet.Processes;

/// <summary>Where the keeper of a home listens.</summary>
internal static unsafe class KeeperAddress
{
    /// <summary>What <c>sun_path</c> holds besides its closing NUL.</summary>
    private const int LongestSocketPath = 107;
    private const int OwnerOnly = 0b111_000_000;
    private const int DirectoryKind = 0x4000;
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;

    /// <summary>The recorded address, or the one a new keeper would choose.</summary>
    internal static string Of(string home)
    {
        var recorded = RecordIn(home);
        return File.Exists(recorded) ? File.ReadAllText(recorded).Trim() : Path.Combine(home, "keeper.sock");
    }

    /// <summary>Chooses an address; one outside the home is recorded in <c>keeper.path</c>.</summary>
    internal static string Choose(string home)
    {
        var inside = Path.Combine(home, "keeper.sock");
        if (Fits(inside))
        {
            File.Delete(RecordIn(home));
            return inside;
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..16] + ".sock";
        var address = Path.Combine(RuntimeDirectory(), name);
        DurableFile.Replace(RecordIn(home), Encoding.UTF8.GetBytes(address));
        return address;
    }

    internal static void Forget(string home, string address)
    {
        File.Delete(address);
        File.Delete(RecordIn(home));
    }

    private static string RecordIn(string home) => Path.Combine(home, "keeper.path");

    private static bool Fits(string path) => Encoding.UTF8.GetByteCount(path) <= LongestSocketPath;

    internal static string RuntimeDirectory()
    {
        const int NameLength = 24;
        var given = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        if (!string.IsNullOrEmpty(given) && Directory.Exists(given) && given.Length < LongestSocketPath - NameLength)
        {
            return given;
        }

        var own = $"/tmp/fleet-{Libc.EffectiveUser()}";
        _ = Libc.MakeDirectory(own, OwnerOnly);
        // Anybody may have made that name in /tmp before us, and would then own our socket.
        if (!IsOwnDirectory(own))
        {
            throw new IOException($"'{own}' is not a directory of this user with mode 0700: look at it with 'ls -ld'");
        }

        return own;
    }

    private static bool IsOwnDirectory(string path)
    {
        const int Size = 256;
        const int OwnerOffset = 20;
        const int ModeOffset = 28;
        const int BasicFields = 0x7ff;
        var answer = stackalloc byte[Size];
        return Libc.FileStatus(CurrentDirectory, path, NoFollow, BasicFields, answer) == 0
            && *(uint*)(answer + OwnerOffset) == Libc.EffectiveUser()
            && *(ushort*)(answer + ModeOffset) == (DirectoryKind | OwnerOnly);
    }
}
