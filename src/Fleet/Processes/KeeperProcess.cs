using System.Net.Sockets;

namespace Fleet.Processes;

/// <summary>
/// The keeper: one small process per home, parent and subreaper of every run and gate. It knows no rules and
/// no store; it outlives any daemon and leaves by itself when it holds nothing and nobody has called for a minute.
/// </summary>
internal sealed class KeeperProcess
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(1);
    private const int MostConnections = 32;

    private readonly KeeperPieces _pieces;
    private readonly KeeperEpoch _epoch;
    private readonly List<KeeperConnection> _connections = [];
    private readonly Bell _born = new();
    private readonly Bell _changed = new();
    private volatile bool _leaving;

    private KeeperProcess(string home)
    {
        _pieces = new KeeperPieces(home, TimeProvider.System);
        _epoch = new KeeperEpoch(home);
    }

    /// <summary>Runs until nothing is left to keep; at once where another keeper holds this home.</summary>
    internal static int Run(string home)
    {
        using var held = KeeperLock.TryTake(home);
        if (held is null)
        {
            return 0;
        }

        Reaper.AdoptOrphans();
        var address = KeeperAddress.Choose(home);
        using var listener = Listen(address);
        var keeper = new KeeperProcess(home);
        Start(keeper.ReapAll, "reap");
        Start(() => keeper.AcceptAll(listener), "accept");
        keeper.StayWhileNeeded();
        KeeperAddress.Forget(home, address);
        return 0;
    }

    private static Socket Listen(string address)
    {
        const uint OwnerOnly = 0b001_111_111;
        File.Delete(address);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        // The mode is there from the first moment: nobody else can connect in between.
        var before = Libc.Umask(OwnerOnly);
        listener.Bind(new UnixDomainSocketEndPoint(address));
        _ = Libc.Umask(before);
        listener.Listen(MostConnections);
        return listener;
    }

    private void StayWhileNeeded()
    {
        while (!(_leaving && _pieces.IsEmpty))
        {
            var woken = _changed.Wait(IdleTime);
            _pieces.Prune();
            if (!woken && IsIdle())
            {
                return;
            }
        }
    }

    private bool IsIdle()
    {
        lock (_connections)
        {
            return _connections.Count == 0 && _pieces.IsEmpty;
        }
    }

    private void ReapAll()
    {
        while (true)
        {
            if (Reaper.AwaitEnded() is not { } pid)
            {
                _ = _born.Wait(Timeout.InfiniteTimeSpan);
            }
            else
            {
                Reap(pid);
            }
        }
    }

    private void Reap(int pid)
    {
        try
        {
            if (_pieces.Reap(pid) is { } ended)
            {
                Array.ForEach(Connections(), connection => connection.Tell(ended));
                _changed.Ring();
                KeeperPieces.MakeLast(ended);
            }
        }
        catch (IOException error)
        {
            // The survivors could not be counted; the exit itself is on disk.
            KeeperLog.Write($"the end of process {pid} was not told: {error.Message}");
        }
    }

    private void AcceptAll(Socket listener)
    {
        while (true)
        {
            if (Accept(listener) is not { } socket)
            {
                continue;
            }

            var connection = new KeeperConnection(socket, _pieces, _epoch, _born.Ring, Leave);
            lock (_connections)
            {
                if (_connections.Count == MostConnections)
                {
                    socket.Dispose();
                    continue;
                }

                _connections.Add(connection);
            }

            Start(() => Serve(connection), "serve");
        }
    }

    private static Socket? Accept(Socket listener)
    {
        try
        {
            return listener.Accept();
        }
        catch (SocketException error)
        {
            // Out of descriptors, perhaps: the runs go on, and so does the listening, but not in a tight loop.
            KeeperLog.Write($"a connection was not accepted: {error.Message}");
            Thread.Sleep(100);
            return null;
        }
    }

    private void Serve(KeeperConnection connection)
    {
        connection.Serve();
        lock (_connections)
        {
            _ = _connections.Remove(connection);
        }

        _changed.Ring();
    }

    private void Leave()
    {
        _leaving = true;
        _changed.Ring();
    }

    private KeeperConnection[] Connections()
    {
        lock (_connections)
        {
            return [.. _connections];
        }
    }

    private static void Start(ThreadStart work, string name) =>
        new Thread(work) { IsBackground = true, Name = name }.Start();
}
