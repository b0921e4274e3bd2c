using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Fleet.Processes;

namespace Fleet.Daemon;

/// <summary>Where the daemon of a home listens: in the home, or, where that path is too long, recorded there.</summary>
internal static class ControlSocket
{
    /// <summary>What every system takes; Linux would take seven more.</summary>
    private const int LongestPath = 100;

    /// <summary>The address that a daemon of this home uses, or would use.</summary>
    public static string Of(FleetHome home)
    {
        var record = RecordIn(home);
        return File.Exists(record) ? File.ReadAllText(record).Trim() : InHome(home);
    }

    /// <summary>Chooses the address for a new daemon and records it where it is outside the home.</summary>
    public static string Choose(FleetHome home)
    {
        if (Encoding.UTF8.GetByteCount(InHome(home)) <= LongestPath)
        {
            File.Delete(RecordIn(home));
            return InHome(home);
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home.Root)))[..16];
        var address = Path.Combine(KeeperAddress.RuntimeDirectory(), $"{name}.control.sock");
        DurableFile.Replace(RecordIn(home), Encoding.UTF8.GetBytes(address));
        return address;
    }

    /// <summary>Whether anyone listens there now.</summary>
    public static bool Answers(string address)
    {
        if (!File.Exists(address))
        {
            return false;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(address));
            return true;
        }
        catch (SocketException)
        {
            // Left behind by a daemon that is gone.
            return false;
        }
    }

    private static string InHome(FleetHome home) => Path.Combine(home.Root, "fleet.sock");

    private static string RecordIn(FleetHome home) => Path.Combine(home.Root, "socket");
}
