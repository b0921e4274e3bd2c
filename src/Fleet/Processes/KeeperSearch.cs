using System.Diagnostics;
using System.Net.Sockets;
using Fleet.Rules;

namespace Fleet.Processes;

/// <summary>Finds the keeper of a home, or starts one; of two started at once the lock lets one live.</summary>
internal static class KeeperSearch
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan GreetingTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Relaunch = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    internal static async Task<KeeperMeeting> Run(
        string home,
        Epoch epoch,
        IReadOnlyList<string> launch,
        CancellationToken cancellation
    )
    {
        var watch = Stopwatch.StartNew();
        var launchAt = TimeSpan.Zero;
        while (watch.Elapsed < Bound)
        {
            if (await Dial(KeeperAddress.Of(home), cancellation) is { } socket)
            {
                if (await Meet(socket, epoch, cancellation) is { } meeting)
                {
                    return meeting;
                }
            }
            else if (watch.Elapsed >= launchAt)
            {
                if (KeeperLaunch.Start(home, launch) is { } failure)
                {
                    return new KeeperMeeting.Unreachable(failure);
                }

                launchAt = watch.Elapsed + Relaunch;
            }

            await Task.Delay(Pause, cancellation);
        }

        return new KeeperMeeting.Unreachable(
            $"no keeper answered within {Bound.TotalSeconds} s; see '{KeeperLaunch.LogPath(home)}'"
        );
    }

    /// <summary>Null when the keeper was just leaving, or does not listen yet.</summary>
    private static async Task<KeeperMeeting?> Meet(Socket socket, Epoch epoch, CancellationToken cancellation)
    {
        var client = new KeeperClient(socket, epoch);
        KeeperReply reply;
        try
        {
            reply = await client.Greet(cancellation).WaitAsync(GreetingTime, cancellation);
        }
        catch (TimeoutException)
        {
            reply = new KeeperReply.Refused("the keeper is there but does not answer: is it stopped?");
        }

        if (reply is KeeperReply.Greeting)
        {
            return new KeeperMeeting.Connected(client);
        }

        await client.DisposeAsync();
        return reply switch
        {
            KeeperReply.StaleEpoch stale => new KeeperMeeting.StaleEpoch(stale.Highest),
            KeeperReply.Refused refused => new KeeperMeeting.Unreachable(refused.Why),
            KeeperReply.NoAnswer => null,
            _ => new KeeperMeeting.Unreachable($"an answer that does not fit: {reply}"),
        };
    }

    private static async Task<Socket?> Dial(string address, CancellationToken cancellation)
    {
        if (!File.Exists(address))
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(address), cancellation);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
