using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Fleet.Rules;

namespace Fleet.Processes;

/// <summary>One daemon's line to the keeper: reads requests, answers them, and tells of exits.</summary>
internal sealed class KeeperConnection(Socket socket, KeeperPieces pieces, KeeperEpoch epoch, Action born, Action leave)
{
    /// <summary>
    /// Command line and environment of one spawn are far below this; so is all that the kernel takes.
    /// </summary>
    private const int LongestRequest = 4 * 1024 * 1024;
    private const int PatienceMilliseconds = 5000;

    private readonly Lock _sending = new();
    private volatile bool _listens;

    /// <summary>Serves until the other side hangs up.</summary>
    internal void Serve()
    {
        var lines = new LineBuffer(LongestRequest);
        // A daemon that is stopped must not hold up exits: it is cut off and reads the files when it is back.
        socket.SendTimeout = PatienceMilliseconds;
        try
        {
            while (true)
            {
                var count = socket.Receive(lines.Room().Span);
                if (count == 0)
                {
                    return;
                }

                lines.Filled(count);
                while (lines.TryTake(out var line))
                {
                    Take(line);
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other side is gone, which is its right.
            return;
        }
        catch (Exception error)
        {
            // Whatever one daemon sends must not cost the runs of all.
            KeeperLog.Write($"a connection was closed: {error}");
        }
        finally
        {
            socket.Dispose();
        }
    }

    internal void Tell(PieceEnded ended)
    {
        if (_listens)
        {
            Send(new ReplyLine(null, new KeeperReply.Exited(ended)));
        }
    }

    private void Take(ReadOnlyMemory<byte> line)
    {
        var request =
            JsonSerializer.Deserialize(line.Span, KeeperJson.Default.RequestLine)
            ?? throw new InvalidDataException("an empty request");
        if (request.Request is KeeperRequest.Spawn or KeeperRequest.End or KeeperRequest.Freeze or KeeperRequest.Thaw)
        {
            // These wait for disks and processes; other requests go on meanwhile.
            new Thread(() => Send(new ReplyLine(request.Id, Answer(request)))) { IsBackground = true }.Start();
            return;
        }

        Send(new ReplyLine(request.Id, Answer(request)));
    }

    private KeeperReply Answer(RequestLine line)
    {
        try
        {
            return epoch.Admits(new Epoch(line.Epoch))
                ? Answer(line.Request)
                : new KeeperReply.StaleEpoch(epoch.Highest.Number);
        }
        catch (Exception error)
        {
            KeeperLog.Write($"a request failed: {error}");
            return new KeeperReply.Refused(error.Message);
        }
    }

    private KeeperReply Answer(KeeperRequest request) =>
        request switch
        {
            KeeperRequest.Hello => Greet(),
            KeeperRequest.Spawn spawn => Spawn(spawn.Spec),
            KeeperRequest.Signal signal => OnTree(signal.Key, tree => tree.Root!.Value.Signal(signal.Number)),
            KeeperRequest.Freeze freeze => OnTree(freeze.Key, tree => TreeFreeze.Freeze([tree]).Stable),
            KeeperRequest.Thaw thaw => OnTree(thaw.Key, tree => TreeFreeze.Thaw([tree])),
            KeeperRequest.End end => new KeeperReply.Ended(pieces.End(end.Key, end.Plan)),
            KeeperRequest.List => new KeeperReply.Pieces(pieces.All()),
            KeeperRequest.Leave => Leave(),
            _ => throw new UnreachableException(),
        };

    private KeeperReply.Greeting Greet()
    {
        _listens = true;
        return new KeeperReply.Greeting(Environment.ProcessId);
    }

    private KeeperReply Spawn(SpawnSpec spec)
    {
        var reply = pieces.Spawn(spec);
        born();
        return reply;
    }

    private KeeperReply OnTree(string key, Func<ProcessTree, bool> act) =>
        pieces.Tree(key) is { } tree
            ? new KeeperReply.Done(act(tree))
            : new KeeperReply.Refused($"nothing named '{key}' runs here");

    private KeeperReply Leave()
    {
        pieces.Prune();
        if (!pieces.IsEmpty)
        {
            return new KeeperReply.Refused("runs are alive");
        }

        leave();
        return new KeeperReply.Done(true);
    }

    private void Send(ReplyLine line)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, KeeperJson.Default.ReplyLine);
        Array.Resize(ref bytes, bytes.Length + 1);
        bytes[^1] = (byte)'\n';
        try
        {
            lock (_sending)
            {
                for (var sent = 0; sent < bytes.Length; )
                {
                    sent += socket.Send(bytes.AsSpan(sent));
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Half a line may be out: nothing more can be said on this connection.
            socket.Dispose();
        }
    }
}
